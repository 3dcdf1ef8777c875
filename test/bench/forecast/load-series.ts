import { seededRandom } from '../../../common/random.ts';
import { meetingsOf } from '../../../orchestrator/scaling/simulate/meetings.ts';
import { meanOf, minutesOf, type Trace } from '../../../orchestrator/scaling/simulate/trace.ts';

/** People of the meetings of a trace, which is in people, as means of five minutes. */
export function loadSeries(trace: Trace, seed: number): number[] {
  const minutes = minutesOf(trace);
  const changes = new Float64Array(minutes + 1);
  for (const { startMinute, minutes: length, participants } of meetingsOf(
    trace,
    meanOf(trace.values),
    seededRandom(seed),
  )) {
    const end = Math.min(minutes, startMinute + length);
    changes[startMinute] = (changes[startMinute] ?? 0) + participants;
    changes[end] = (changes[end] ?? 0) - participants;
  }
  const loads: number[] = [];
  let people = 0;
  let sum = 0;
  for (let minute = 0; minute < minutes; minute += 1) {
    people += changes[minute] ?? 0;
    sum += people;
    if (minute % 5 < 4) continue;
    loads.push(sum / 5);
    sum = 0;
  }
  return loads;
}
