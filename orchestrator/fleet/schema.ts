import { z } from 'zod';
import { address } from '../../haproxy/config/address.ts';
import { proxySettings } from '../../haproxy/config/schema.ts';
import { redisSettings } from '../../haproxy/stick-table/settings.ts';
import { label } from '../../shards/spec/schema.ts';
import { scaleSettings } from '../scaling/rules/schema.ts';
import { signallingSettings } from '../scaling/signalling/settings.ts';

/** Milliseconds unless the name says otherwise; the words are protocol.md's. */
const timings = z.strictObject({
  /** G: the longest time from a routed request to the room's showing in a census. */
  graceMs: z.int().min(1_000).default(60_000),
  /** How often every shard is asked which rooms are live on it. */
  censusEveryMs: z.int().min(100).default(5_000),
  /** N: a room has ended when so many censuses in a row do not show it. */
  censusesToEnd: z.int().min(1).max(100).default(3),
  /** How often every part of every shard is probed. */
  probeEveryMs: z.int().min(100).default(2_000),
  /** How often every bridge is asked what it carries. A JVB renews its figures every 5 s. */
  bridgesEveryMs: z.int().min(100).default(10_000),
  /** A shard gets rooms when so many probes in a row found it healthy. */
  probesToAdmit: z.int().min(1).max(100).default(3),
  /** A ready shard gets no new rooms after failing hard for so long (refused, broken). */
  degradeHardMs: z.int().min(0).default(30_000),
  /** The same for what may pass by itself (slow, Jicofo's 503). */
  degradeSoftMs: z.int().min(0).default(120_000),
  /** A shard's rooms are seated elsewhere after its web or its Prosody has failed hard for so long. */
  downHardMs: z.int().min(0).default(60_000),
  /** The same for failing in any way, such as answering nothing. */
  downSoftMs: z.int().min(0).default(300_000),
  /** A shard that was unwell must be well for so long before it gets new rooms again. */
  recoverMs: z.int().min(0).default(30_000),
  /** How often table, proxies and censuses are compared. */
  splitsEveryMs: z.int().min(100).default(60_000),
});

const scaling = scaleSettings.safeExtend({
  /** What the shards' signalling bears, and how many shards there are. */
  signalling: signallingSettings.prefault({}),
});

/** The fleet file, `fleet.yaml`: everything about a fleet but its shards, which are overlays. */
export const fleetFile = z.strictObject({
  /** Also the name of the fleet's keys in Redis. */
  name: label,
  /** What makes the shards real: processes on this machine, or a Kubernetes cluster. */
  driver: z.enum(['local', 'kubernetes']).default('local'),
  /** The XMPP domain of every shard. */
  domain: z
    .string()
    .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/, 'expected a domain name')
    .default('meet.jitsi'),
  /** Where the stick table is. */
  redis: redisSettings,
  /** The HAProxies, each with its agent. */
  proxies: z.array(proxySettings).min(1, 'expected at least one proxy'),
  orchestrator: z.strictObject({
    /**
     * Where the API listens; the CLI asks it. One orchestrator for each address: one leads, the others stand by. In
     * Kubernetes one address, at which every pod listens.
     */
    api: z.union([address.transform((one) => [one]), z.array(address).min(1)]),
  }),
  /** Sets of shards with buckets of their own. */
  pools: z.array(label).min(1).default(['main']),
  /** The pool of each tenant that is not served by `main`. */
  tenants: z
    .record(z.string().regex(/^[a-z0-9._~%-]+(\/[a-z0-9._~%-]+)*$/, 'expected a tenant in lower case'), label)
    .default({}),
  /** How long things take, and how often they are looked at. */
  timings: timings.prefault({}),
  /** What every shard carried, in steps of five minutes: forecasts learn from it, and reports are made of it. */
  history: z
    .strictObject({
      /** 36 KB a shard and week. Forecasts use four at most. */
      weeks: z.int().min(1).max(104).default(8),
    })
    .prefault({}),
  /** How bridges are scaled, where `scale.yaml` does not say otherwise of a shard or of all; and shards. */
  scaling: scaling.prefault({}),
  /** The record of all decisions and of all that operators ask for. */
  audit: z
    .strictObject({
      /** About so many are kept, of some 4 KiB at most, usually a tenth of it; the oldest go first. */
      entries: z.int().min(100).max(1_000_000).default(10_000),
    })
    .prefault({}),
});

export type Fleet = z.infer<typeof fleetFile>;
