import { messageOf } from '../../common/errors.ts';
import { loop } from '../../common/loop.ts';
import { splitHostPort } from '../../haproxy/config/address.ts';
import type { StickTableMirror } from '../../haproxy/stick-table/mirror.ts';
import { watchBrewery } from '../../shards/brewery/watch-brewery.ts';
import type { ShardEndpoints } from '../../shards/driver.ts';
import type { ShardSpec } from '../../shards/spec/schema.ts';
import { readBridges } from '../bridges/follow-bridges.ts';
import { BridgesKeeper } from '../bridges/keep-bridges.ts';
import type { Control } from '../control/control.ts';
import { withLeastBridges } from '../scaling/control/least-bridges.ts';
import { decideRecord, sameRecord } from './decide-record.ts';
import { headroomOf } from './headroom.ts';
import { type Health, healthFrom, nextHealth, type ProbeOutcome } from './health.ts';
import { healthChange } from './health-change.ts';
import { probeShard } from './probe-shard.ts';
import { recordChanges } from './record-changes.ts';
import { whyStillOut } from './still-out.ts';
import { isTakenOut } from './taken-out.ts';
import type { WatchedShard } from './watched-shard.ts';

/** Keeps one shard real, probed and recorded, until `signal` aborts. */
export async function keepShard(control: Control, watched: WatchedShard, signal: AbortSignal): Promise<void> {
  const log = control.log.child({ shard: watched.spec.name });
  const { probeEveryMs, bridgesEveryMs } = control.fleet.timings;
  const bridges = new BridgesKeeper(control, watched.spec.name);
  let bridgesReadAt = Number.NEGATIVE_INFINITY;
  await loop('shard', probeEveryMs, signal, log, async () => {
    const before = control.mirror()?.shards.get(watched.spec.name);
    if (before && isTakenOut(before)) {
      watched.isLookedFor = true;
      return;
    }
    // What is there is known before anything is started: a part that does not start must not hide the others.
    if (!watched.endpoints || watched.leaving) await lookFor(control, watched, signal);
    try {
      if (!watched.leaving) {
        const there = watched.endpoints?.bridges.length;
        const spec = await withLeastBridges(control, watched.spec, there, Date.now());
        watched.endpoints = await control.driver.ensure(spec, signal);
      }
    } catch (error) {
      await judgeUnstarted(control, watched, error, signal);
      throw error;
    }
    if (!watched.endpoints) return;
    watched.brewery ??= watchBrewery({ ...breweryAccess(watched.endpoints), log }, signal);
    const isDue = Date.now() - bridgesReadAt >= bridgesEveryMs;
    if (isDue) bridgesReadAt = Date.now();
    const [outcome, read] = await Promise.all([
      probeShard(watched.endpoints, watched.brewery, signal),
      isDue && readBridges(watched.bridges, watched.endpoints.bridges, control.bridgeReads, signal),
    ]);
    if (read) {
      watched.bridges = read;
      watched.bridgesRead = true;
      const headroom = headroomOf(read.map(({ said }) => said).filter((said) => said.ok));
      watched.headroomBitsPerSecond = headroom ?? watched.headroomBitsPerSecond;
    }
    await judge(control, watched, outcome);
    // Here and not in a loop of its own: a driver's calls for one shard must not overlap.
    if (watched.leaving || !read) return;
    await bridges.step(watched.spec, read, signal, watched.endpoints.scaledElsewhere);
  });
}

async function lookFor(control: Control, watched: WatchedShard, signal: AbortSignal): Promise<void> {
  try {
    const listed = (await control.driver.list(signal)).find(({ name }) => name === watched.spec.name);
    watched.endpoints = listed ?? watched.endpoints;
  } finally {
    watched.isLookedFor = true;
  }
}

/** What cannot be started is not well, and its reason is the operator's to read; its other parts may serve on. */
async function judgeUnstarted(
  control: Control,
  watched: WatchedShard,
  error: unknown,
  signal: AbortSignal,
): Promise<void> {
  const known = await control.driver.list(signal);
  watched.endpoints ??= known.find(({ name }) => name === watched.spec.name);
  const parts = watched.endpoints && (await probeShard(watched.endpoints, watched.brewery, signal));
  const outcome = {
    ok: false,
    severity: 'hard',
    core: parts?.core ?? 'well',
    reason: messageOf(error),
  } as const;
  await judge(control, watched, outcome);
}

/** Takes one round of probes into account, in the table too. */
async function judge(control: Control, watched: WatchedShard, outcome: ProbeOutcome): Promise<void> {
  const mirror = control.mirror();
  // Not before the table is known: what another orchestrator found of this shard stands there.
  if (!mirror) return;
  const now = Date.now();
  const before = watched.health ?? healthFrom(mirror.shards.get(watched.spec.name));
  const { timings } = control.fleet;
  watched.health = nextHealth(before, outcome, now, {
    rounds: timings.probesToAdmit,
    hardMs: timings.degradeHardMs,
    softMs: timings.degradeSoftMs,
    downHardMs: timings.downHardMs,
    downSoftMs: timings.downSoftMs,
    recoverMs: timings.recoverMs,
  });
  if (watched.health.observed !== before.observed) {
    control.audit.record(healthChange(watched.spec.name, before, watched.health, outcome, now));
  }
  if (watched.endpoints) await record(control, mirror, watched.spec, watched.health, watched.endpoints);
}

async function record(
  control: Control,
  mirror: StickTableMirror,
  spec: ShardSpec,
  health: Health,
  endpoints: ShardEndpoints,
): Promise<void> {
  const before = mirror.shards.get(spec.name);
  const address = splitHostPort(new URL(endpoints.web).host);
  const whyOut = whyStillOut(before, spec, mirror, control.censuses, control.fleet.timings.censusesToEnd);
  const isNew = !before || before.removed;
  const serverId = isNew ? control.serverIds.choose(spec.name, mirror.shards.values()) : before.serverId;
  const after = decideRecord(before, spec, address, health, serverId, whyOut);
  if (sameRecord(before, after)) return;
  const answer = await control.table.putShard({ ...after, version: after.version + 1 });
  if (!answer.ok) {
    control.log.debug({ shard: after.name, reason: answer.reason }, 'shard was not recorded');
    return;
  }
  for (const change of recordChanges(before, after)) control.audit.record(change);
}

function breweryAccess(endpoints: ShardEndpoints) {
  const { user, password, jid } = endpoints.brewery;
  const { host, port } = endpoints.prosodyC2s;
  return { account: { host, port, domain: endpoints.domains.auth, user, password }, breweryJid: jid };
}
