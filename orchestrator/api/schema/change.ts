import { z } from 'zod';

/** A change that was asked for. Nothing changes with `dryRun`. */
export const changeAnswer = z.object({
  /** False: everything is so already. */
  changed: z.boolean(),
  /** What was done, or would be, in plain words. */
  actions: z.array(z.string()),
});
export type ChangeAnswer = z.infer<typeof changeAnswer>;

/** What went wrong, for the operator, and the exit code that a command ends with. */
export const errorAnswer = z.object({
  error: z.object({ message: z.string(), exitCode: z.int() }),
  /** Only of an orchestrator that stands by or does not know yet: the API address of who leads, null when nobody does. */
  leader: z.string().nullable().optional(),
});
