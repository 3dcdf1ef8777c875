import type { Meeting, MeetingCheck } from '../participants/meeting.ts';
import { beginAll, checkAll, endAll, planMeetings, visitAll } from './crowd.ts';
import type { DemoFleet } from './fleet.ts';
import type { Progress } from './progress.ts';
import { type DemoReport, reportOf } from './report.ts';

/** How large the demo is. */
export interface StorySize {
  /** Meetings at the start. */
  readonly rooms: number;
  /** New meetings after the fourth shard came. */
  readonly later: number;
  /** New meetings while an agent is away. */
  readonly duringFault: number;
}

/** The shards that the story adds and removes; the others are there at the start. */
export const roles = { added: 'eu-3', region: 'eu', removed: 'us-1' } as const;

/** What the report says beyond what all meetings saw. */
export interface StoryReport extends DemoReport {
  /** New rooms after the shard was added, and how many of them sit on it. */
  readonly afterAdd: { readonly rooms: number; readonly onNewShard: number };
  /** Meetings that sat on the removed shard; each was ended by its participants. */
  readonly onRemovedShard: number;
}

/** Runs the whole story: meetings come and go, a shard comes, one goes, a proxy and an agent are killed. */
export async function tellStory(
  fleet: DemoFleet,
  size: StorySize,
  progress: Progress,
  signal: AbortSignal,
): Promise<StoryReport> {
  const [proxy = '', otherProxy = ''] = fleet.proxies;
  const checks: MeetingCheck[] = [];
  const meetings: Meeting[] = [];
  const begin = async (label: string, count: number) => {
    const planned = planMeetings(label, count, fleet.proxies);
    meetings.push(...planned);
    await beginAll(
      planned,
      (begun) => progress.count(() => `${begun} of ${count} meetings have begun`),
      signal,
    );
    return planned;
  };
  try {
    progress.say(`${size.rooms} meetings begin, through both proxies at once`);
    await begin('Demo', size.rooms);
    checks.push(...(await checkAll(meetings, signal)));
    progress.say('every participant hears every other; adding a fourth shard');

    await fleet.addShard(roles.added, roles.region, signal);
    const later = await begin('Later', size.later);
    const onNewShard = later.filter(({ shard }) => shard === roles.added).length;
    progress.say(`${onNewShard} of ${size.later} new meetings sit on ${roles.added}`);

    const onRemoved = () => meetings.filter(({ shard }) => shard === roles.removed);
    progress.say(`removing ${roles.removed}, where ${onRemoved().length} meetings go on`);
    const removal = fleet.drainAndRemove(
      roles.removed,
      ({ rooms, participants }) => {
        progress.count(() => `${roles.removed} drains: ${rooms} rooms, ${participants} participants left`);
      },
      signal,
    );
    // Awaited below; a failure meanwhile must not end the process unseen.
    removal.catch(() => undefined);

    progress.say('killing a proxy: its participants come back through the other one, or through it');
    await fleet.killProxy(proxy);
    await fleet.reviveProxy(proxy, signal);
    progress.say('killing the agent of the other proxy; new meetings begin meanwhile');
    await fleet.killAgent(otherProxy);
    await begin('Fault', size.duringFault);
    await fleet.reviveAgent(otherProxy, signal);

    checks.push(...(await checkAll(meetings, signal)));
    const unheard = await visitAll(sample(meetings, 40), signal);
    const ending = onRemoved();
    progress.say(`proxy and agent are back; ${ending.length} meetings on ${roles.removed} end`);
    await endAll(ending);
    const staying = meetings.filter((meeting) => !ending.includes(meeting));
    await removal;
    progress.say(`${roles.removed} is gone; looking at all ${staying.length} other meetings once more`);
    checks.push(...(await checkAll(staying, signal)));

    const report = reportOf(meetings, checks);
    return {
      ...report,
      unheard: report.unheard + unheard.length,
      afterAdd: { rooms: later.length, onNewShard },
      onRemovedShard: ending.length,
    };
  } finally {
    await endAll(meetings);
  }
}

function sample<T>(items: readonly T[], count: number): T[] {
  const step = Math.max(1, Math.floor(items.length / count));
  return items.filter((_, index) => index % step === 0).slice(0, count);
}
