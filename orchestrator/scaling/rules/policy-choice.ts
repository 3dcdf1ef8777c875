import { z } from 'zod';
import { policyNames, wrongOptions } from '../policies/make-policy.ts';

const name = z.enum(policyNames);

/** Which policy decides: its name, or its name with those of its options that differ from the usual ones. */
export const policyChoice = z
  .union([name, z.strictObject({ name, options: z.record(z.string(), z.unknown()) })])
  .transform((choice) => (typeof choice === 'string' ? { name: choice, options: {} } : choice))
  .superRefine((choice, context) => {
    for (const message of wrongOptions(choice.name, choice.options)) {
      context.addIssue({ code: 'custom', path: ['options'], message });
    }
  });
export type PolicyChoice = z.infer<typeof policyChoice>;
