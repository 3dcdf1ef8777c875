import { z } from 'zod';
import { UsherError } from '../../common/errors.ts';

const status = z.object({
  message: z.string(),
  details: z
    .object({
      causes: z
        .array(
          z.object({
            reason: z.string().default(''),
            message: z.string().default(''),
            field: z.string().default(''),
          }),
        )
        .default([]),
    })
    .optional(),
});

/** One of the reasons of a refusal. */
export interface RefusalCause {
  readonly reason: string;
  readonly message: string;
  readonly field: string;
}

/** The API server answered, and did not do what it was asked. */
export class RefusedError extends UsherError {
  /** HTTP status: 403 forbidden, 404 not found, 409 conflict, 422 invalid. */
  readonly code: number;
  readonly causes: readonly RefusalCause[];

  /** @param text what the server answered */
  constructor(code: number, text: string) {
    const parsed = status.safeParse(parseJson(text));
    super(parsed.success ? parsed.data.message : `HTTP ${code}`);
    this.code = code;
    this.causes = parsed.data?.details?.causes ?? [];
  }

  /** Fields that another manager set to other values, as `.spec.replicas, set by kubectl-edit`. */
  get conflicts(): string[] {
    const causes = this.causes.filter(({ reason }) => reason === 'FieldManagerConflict');
    return causes.map(
      ({ field, message }) => `${field}, set by ${/"([^"]+)"/.exec(message)?.[1] ?? message}`,
    );
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
