import { z } from 'zod';
import { address } from './address.ts';

/** What one proxy bears. Times in milliseconds, sizes in bytes. */
export const proxyLimits = z.strictObject({
  /** Threads of HAProxy; without it one for every core it may use. */
  threads: z.int().min(1).max(64).optional(),
  /** Clients' connections at once; a participant holds one, a websocket. The process needs twice as many file descriptors. */
  connections: z.int().min(10).default(8_000),
  /** HAProxy's buffer: request line and headers must fit it, and so must every command on the runtime socket. */
  bufferBytes: z.int().min(16_384).max(65_536).default(16_384),
  /** Most headers of a request. */
  headers: z.int().min(20).max(500).default(64),
  /** How long a client may take to send its request's headers. */
  headersMs: z.int().min(100).default(5_000),
  /** Signalling requests of one address; 0 requests switch the limit off. A school may well share one address. */
  rate: z
    .strictObject({ requests: z.int().min(0).default(3_000), perMs: z.int().min(1_000).default(10_000) })
    .prefault({}),
  /** How long a request waits for the agents' answer before the bucket's shard takes it. */
  claimMs: z.int().min(10).max(5_000).default(100),
  /** When a reload ends the old process, which its websockets keep: longer than any meeting. */
  hardStopAfterMs: z.int().min(1_000).default(86_400_000),
});

/** One HAProxy and the agent beside it, as the fleet file has them. */
export const proxySettings = z.strictObject({
  /** A DNS label. */
  name: z
    .string()
    .max(40, 'at most 40 characters')
    .regex(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/, 'lower-case letters, digits and inner hyphens'),
  /** Where browsers, or a TLS terminator before them, come in. */
  bind: z.union([address.transform((one) => [one]), z.array(address).min(1)]),
  /** HAProxy's statistics page, and Prometheus metrics under /metrics. */
  stats: address.prefault('127.0.0.1:8404'),
  /** The agent beside it. */
  agent: z.strictObject({
    /** Where HAProxy asks for claims. */
    spoe: address,
    /** The agent's health, metrics and diagnosis. */
    http: address,
  }),
  /** What it bears. */
  limits: proxyLimits.prefault({}),
});

export type ProxySettings = z.infer<typeof proxySettings>;
