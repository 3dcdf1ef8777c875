import { belonging, guardedAgainstPrune } from './belonging.ts';
import { bridges, hostPorts } from './bridges.ts';
import { imageTags, probes, resources, writablePlaces } from './containers.ts';
import { environment } from './environment.ts';
import { admittedPods, restrictedPods } from './restricted-pods.ts';
import type { Rule } from './rule.ts';
import { ownPods, selections } from './selections.ts';

/** What holds for pods of whatever namespace. */
export const podRules: Readonly<Record<string, Rule>> = {
  admittedPods,
  imageTags,
  ownPods,
  probes,
  resources,
  restrictedPods,
  selections,
};

/** What holds for all that a fleet of shards is built to. */
export const shardRules: Readonly<Record<string, Rule>> = {
  ...podRules,
  belonging,
  bridges,
  environment,
  guardedAgainstPrune,
  hostPorts,
  writablePlaces,
};
