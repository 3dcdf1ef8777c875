import { z } from 'zod';

const time = z.iso.datetime({ offset: true }).optional();

/** A Lease of coordination.k8s.io/v1. What is not used stays in it; one that a person made may lack any field. */
export const lease = z.looseObject({
  metadata: z.looseObject({ resourceVersion: z.string() }),
  spec: z
    .looseObject({
      /** Empty: its holder gave it back. */
      holderIdentity: z.string().default(''),
      leaseDurationSeconds: z.int().positive().optional(),
      acquireTime: time,
      renewTime: time,
      leaseTransitions: z.int().optional(),
    })
    .prefault({}),
});

export type Lease = z.infer<typeof lease>;

/** `ms` since the epoch as Kubernetes' MicroTime wants it: with six decimals, no more and no fewer. */
export function microTime(ms: number): string {
  return new Date(ms).toISOString().replace(/Z$/, '000Z');
}

/**
 * The number of the leadership that holds it: when it was acquired, in milliseconds. Each taker writes a higher one than
 * it found, whatever its clock says.
 */
export function tokenOf({ spec }: Lease): number {
  return spec.acquireTime === undefined ? 0 : Date.parse(spec.acquireTime);
}
