import { Meeting, type MeetingCheck } from '../participants/meeting.ts';

/** Every eighth room is a tenant's, and names need encoding now and then, as people's do. */
const tenants = ['', '', '', '', '', '', '', 'acme'];
const names = ['Weekly', 'Café', 'Planning & Review', 'stand-up'];

/** Meetings of 2, 3, 4, 5, 2, ... participants, with names beginning with `label`. */
export function planMeetings(label: string, count: number, proxies: readonly string[]): Meeting[] {
  return Array.from({ length: count }, (_, index) => {
    const name = `${label} ${names[index % names.length]} ${index + 1}`;
    const tenant = tenants[index % tenants.length] ?? '';
    // Each proxy is as often the first as the others.
    const turn = index % proxies.length;
    const turned = [...proxies.slice(turn), ...proxies.slice(0, turn)];
    return new Meeting({ room: { tenant, name }, size: 2 + (index % 4), proxies: turned });
  });
}

/** Meetings that begin, or are checked, at the same time. */
const atOnce = 20;

/** Brings all meetings together. @throws Error of the first participant who can't get in. */
export async function beginAll(
  meetings: readonly Meeting[],
  onProgress: (begun: number) => void,
  signal: AbortSignal,
): Promise<void> {
  let begun = 0;
  await eachOf(meetings, async (meeting) => {
    await meeting.join(signal);
    begun += 1;
    onProgress(begun);
  });
}

/** Checks all meetings: who is there, who hears whom, where the proxies lead. */
export async function checkAll(meetings: readonly Meeting[], signal: AbortSignal): Promise<MeetingCheck[]> {
  const checks: MeetingCheck[] = [];
  await eachOf(meetings, async (meeting) => {
    checks.push(await meeting.check(signal));
  });
  return checks;
}

/** Has somebody come late to each meeting. Gives `room: from -> to` of messages that did not arrive. */
export async function visitAll(meetings: readonly Meeting[], signal: AbortSignal): Promise<string[]> {
  const unheard: string[] = [];
  await eachOf(meetings, async (meeting) => {
    const visit = await meeting.visit(signal);
    unheard.push(...visit.unheard.map((pair) => `${meeting.record.room}: ${pair}`));
  });
  return unheard;
}

/** Ends all meetings. */
export async function endAll(meetings: readonly Meeting[]): Promise<void> {
  await eachOf(meetings, (meeting) => meeting.end());
}

async function eachOf<T>(items: readonly T[], step: (item: T) => Promise<void>): Promise<void> {
  const rest = items.values();
  const worker = async () => {
    for (const item of rest) await step(item);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
