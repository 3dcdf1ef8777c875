import { Counter, Gauge, Registry } from 'prom-client';
import { mapNames } from '../maps/map-change.ts';
import type { ProxyMaps } from '../maps/proxy-maps.ts';
import type { SpoeServer } from '../spoe/server.ts';
import type { Claims } from './claims.ts';
import type { ConfigurationFiles } from './configuration-files.ts';
import type { ProxyKeeper } from './proxy-keeper.ts';
import type { AgentDiff } from './status.ts';

/** The agent's metrics. Read from where the figures are kept, at each scrape. */
export interface AgentMetrics {
  text(): Promise<string>;
  drifted(differences: AgentDiff): void;
}

/** Where the figures are kept. */
interface Sources {
  claims: Pick<Claims, 'counts'>;
  keeper: Pick<ProxyKeeper, 'inStep'>;
  maps: Pick<ProxyMaps, 'content'>;
  spoe: Pick<SpoeServer, 'stats'>;
  files: Pick<ConfigurationFiles, 'reloads'>;
}

export function createAgentMetrics({ claims, keeper, maps, spoe, files }: Sources): AgentMetrics {
  const register = new Registry();
  const registers = [register];
  new Gauge({
    name: 'usher_agent_in_step',
    help: '1 when HAProxy carries the whole stick table, acknowledged',
    registers,
    collect() {
      this.set(keeper.inStep ? 1 : 0);
    },
  });
  new Gauge({
    name: 'usher_agent_map_entries',
    help: 'Entries that a map must hold',
    labelNames: ['map'],
    registers,
    collect() {
      for (const map of mapNames) this.set({ map }, maps.content(map).size);
    },
  });
  new Counter({
    name: 'usher_agent_claims_total',
    help: 'Claims by outcome; joined: answered with another’s answer',
    labelNames: ['outcome'],
    registers,
    collect() {
      this.reset();
      for (const [outcome, count] of Object.entries(claims.counts)) this.inc({ outcome }, count);
    },
  });
  new Counter({
    name: 'usher_agent_spoe_total',
    help: 'What the SPOE server counted',
    labelNames: ['what'],
    registers,
    collect() {
      this.reset();
      for (const [what, count] of Object.entries(spoe.stats)) this.inc({ what }, count);
    },
  });
  const drift = new Counter({
    name: 'usher_agent_drifted_entries_total',
    help: 'Map entries found different from the stick table, by where, and repaired',
    labelNames: ['where'],
    registers,
  });
  new Counter({
    name: 'usher_agent_reloads_total',
    help: 'Reloads of HAProxy that this agent asked for',
    registers,
    collect() {
      this.reset();
      this.inc(files.reloads);
    },
  });
  return {
    text: () => register.metrics(),
    drifted(differences) {
      for (const { where } of differences) drift.inc({ where });
    },
  };
}
