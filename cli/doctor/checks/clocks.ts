import { urlToReach } from '../../../haproxy/config/address.ts';
import { ask } from '../../../shards/probes/ask.ts';
import { usherProcesses } from '../ask-health.ts';
import type { Check } from '../check.ts';
import type { DoctorView } from '../doctor-view.ts';
import { type Finding, warn } from '../finding.ts';
import { reachRedis, redisName } from '../reach-redis.ts';

const warnMs = 2_000;
const timeoutMs = 2_000;
/** An HTTP date has no fractions of a second: half of one is the likeliest. */
const dateRoundsMs = 500;

/** Do all clocks show our time? */
export const clocksCheck: Check = {
  name: 'clocks',
  about: `all clocks are within ${warnMs / 1_000} s of this machine's`,
  live: true,
  async run(view, signal) {
    const shards = view.shards.ok ? view.shards.value : [];
    const servers = [
      ...usherProcesses(view.fleet).map(({ name, address }) => ({
        name,
        url: `${urlToReach(address)}/health`,
      })),
      ...shards.map(({ name, web }) => ({ name: `web of ${name}`, url: `${web}/config.js` })),
    ];
    const offsets = await Promise.all([
      redisOffset(view, signal),
      ...servers.map(({ name, url }) => httpOffset(name, url, signal)),
    ]);
    return offsets.flatMap((one) => (one ? judgeOffset(one.name, one.offsetMs) : []));
  },
};

/** Nothing when a clock is near enough; `offsetMs`: how far it is ahead of ours. */
export function judgeOffset(name: string, offsetMs: number): Finding[] {
  if (Math.abs(offsetMs) <= warnMs) return [];
  const seconds = (Math.abs(offsetMs) / 1_000).toFixed(1);
  const what = `its clock is ${seconds} s ${offsetMs > 0 ? 'ahead of' : 'behind'} this machine's`;
  return [
    warn(name, what, 'keep all machines by NTP (chrony): times in the table, audit and logs are compared'),
  ];
}

async function redisOffset({ fleet }: DoctorView, signal: AbortSignal) {
  const answer = await reachRedis(fleet.redis, signal, ({ redis }) =>
    offsetOf(async () => {
      const [seconds = 0, micros = 0] = (await redis.time()).map(Number);
      return seconds * 1_000 + micros / 1_000;
    }),
  );
  return answer.ok ? { name: redisName(fleet.redis), offsetMs: answer.value ?? 0 } : undefined;
}

/** Undefined when it does not answer or names no date: that is others' matter. */
async function httpOffset(name: string, url: string, signal: AbortSignal) {
  const offsetMs = await offsetOf(async () => {
    const answer = await ask(url, signal, { timeoutMs });
    const date = answer.ok ? Date.parse(answer.headers.date ?? '') : Number.NaN;
    return Number.isNaN(date) ? undefined : date + dateRoundsMs;
  });
  return offsetMs === undefined ? undefined : { name, offsetMs };
}

/** How far a clock is ahead of the middle between question and answer, in milliseconds. */
async function offsetOf(read: () => Promise<number | undefined>): Promise<number | undefined> {
  const asked = Date.now();
  const there = await read();
  return there === undefined ? undefined : there - (asked + Date.now()) / 2;
}
