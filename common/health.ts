import { z } from 'zod';
import { usherVersion } from './version.ts';

/** `GET /health` of agents and orchestrators: the process lives. Depends on nothing else, Redis least of all. */
export const health = z.object({ ok: z.literal(true), version: z.string() });

export type Health = z.infer<typeof health>;

/** This process's own. */
export const ownHealth: Health = { ok: true, version: usherVersion };
