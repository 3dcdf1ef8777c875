import { between, pick, type Random } from '../../../common/random.ts';
import type { Transport } from '../../participants/xmpp-login.ts';

/** One person's stay in a meeting. Times in milliseconds since the meeting's begin. */
export interface Stay {
  readonly who: string;
  readonly from: number;
  readonly until: number;
  readonly transport: Transport;
  /** The first proxy's place in the list of all. */
  readonly proxy: number;
}

/** Joins that begin the meeting are so close together that they race. */
const racingMs = 300;

/** Some outlast the time until a shard that hangs is taken for dead (17 s in a chaos fleet). */
const longShare = 0.2;

/** Two to four people who come at once or late, stay, leave, and some of whom come back. */
export function planMeeting(random: Random, proxies: number): Stay[] {
  const lengthMs = random() < longShare ? between(random, 30_000, 45_000) : between(random, 6_000, 22_000);
  const people = between(random, 2, 4);
  const stays: Stay[] = [];
  const add = (who: string, from: number, until: number) =>
    stays.push({
      who,
      from,
      until,
      transport: pick(random, ['websocket', 'bosh']),
      proxy: between(random, 0, proxies - 1),
    });
  for (let number = 1; number <= people; number += 1) {
    const late = number > 2 && random() < 0.5;
    const from = late ? between(random, racingMs, lengthMs / 2) : between(random, 0, racingMs);
    const until = random() < 0.4 ? between(random, from + 2_000, lengthMs) : lengthMs;
    add(`p${number}`, from, until);
    const backAt = until + between(random, 0, 3_000);
    if (backAt < lengthMs - 2_000) add(`p${number} again`, backAt, lengthMs);
  }
  return stays;
}
