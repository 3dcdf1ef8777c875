import type { BreweryWatch } from '../../shards/brewery/watch-brewery.ts';
import type { ShardEndpoints } from '../../shards/driver.ts';
import { probeJicofo } from '../../shards/probes/jicofo.ts';
import type { Probe, ProbeFailure } from '../../shards/probes/probe.ts';
import { probeProsody } from '../../shards/probes/prosody.ts';
import { probeWeb } from '../../shards/probes/web.ts';
import type { ProbeOutcome } from './health.ts';

/** Probes every part of a shard at once: web, Prosody, Jicofo, and the bridges by the brewery. */
export async function probeShard(
  endpoints: ShardEndpoints,
  brewery: BreweryWatch | undefined,
  signal: AbortSignal,
): Promise<ProbeOutcome> {
  const [web, prosody, jicofo] = await Promise.all([
    probeWeb(endpoints.web, endpoints.name, signal),
    probeProsody(endpoints.prosodyHttp, endpoints.domains.main, signal),
    probeJicofo(endpoints.jicofo, signal),
  ]);
  return combine({ web, prosody, jicofo, bridges: probeBrewery(brewery) });
}

/**
 * Without these nobody can talk. Meetings that run outlive their Jicofo, and their bridges are replaced by it: to seat
 * rooms anew because of them would cut what goes on.
 */
const core: ReadonlySet<string> = new Set(['web', 'prosody']);

/** One outcome of many probes: as bad as the worst, and the reason names each part that failed. */
export function combine(probes: Readonly<Record<string, Probe>>): ProbeOutcome {
  const failures = Object.entries(probes).flatMap(([part, probe]) => (probe.ok ? [] : [{ part, ...probe }]));
  const coreFailures = failures.filter(({ part }) => core.has(part));
  return {
    ok: failures.length === 0,
    severity: worst(failures),
    core: coreFailures.length === 0 ? 'well' : worst(coreFailures),
    reason: failures.map(({ part, reason }) => `${part}: ${reason}`).join('; '),
  };
}

function worst(failures: readonly ProbeFailure[]): ProbeFailure['severity'] {
  return failures.some(({ severity }) => severity === 'hard') ? 'hard' : 'soft';
}

function probeBrewery(brewery: BreweryWatch | undefined): Probe {
  // Without a view of the brewery nothing is known: Jicofo's own count of its bridges decides.
  if (!brewery?.connected) return { ok: true };
  const present = [...brewery.bridges().values()].filter((bridge) => bridge.leftMs === undefined);
  const operational = present.filter((bridge) => bridge.healthy !== false && !bridge.shuttingDown);
  if (operational.length > 0) return { ok: true };
  return {
    ok: false,
    severity: 'soft',
    reason: `none of ${present.length} bridges in the brewery is healthy`,
  };
}
