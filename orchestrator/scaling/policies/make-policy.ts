import type { z } from 'zod';
import { UsageError } from '../../../common/errors.ts';
import type { ScalePolicy } from '../scale-policy.ts';
import { AgonesBufferPolicy } from './agones-buffer.ts';
import { DytePolicy } from './dyte.ts';
import { DytePredictivePolicy } from './dyte-predictive.ts';
import { ForecastPolicy } from './forecast/forecast-policy.ts';
import { HpaPolicy } from './hpa.ts';
import { JitsiAutoscalerPolicy } from './jitsi-autoscaler.ts';
import { LinearRegressionPolicy } from './linear-regression.ts';
import { RulesPolicy } from './rules.ts';
import {
  agonesBufferOptions,
  dyteOptions,
  dytePredictiveOptions,
  forecastOptions,
  hpaOptions,
  jitsiAutoscalerOptions,
  predictedOptions,
  rulesOptions,
  staticOptions,
} from './schema.ts';
import { StaticPolicy } from './static.ts';

/** The policies that there are, the usual one first. */
export const policyNames = [
  'forecast',
  'static',
  'hpa',
  'jitsi-autoscaler',
  'dyte',
  'dyte-predictive',
  'rules',
  'linear-regression',
  'agones-buffer',
] as const;

/** One of them. */
export type PolicyName = (typeof policyNames)[number];

const policies = {
  forecast: entry(forecastOptions, (options) => new ForecastPolicy(options)),
  static: entry(staticOptions, (options) => new StaticPolicy(options)),
  hpa: entry(hpaOptions, (options) => new HpaPolicy(options)),
  'jitsi-autoscaler': entry(jitsiAutoscalerOptions, (options) => new JitsiAutoscalerPolicy(options)),
  dyte: entry(dyteOptions, (options) => new DytePolicy(options)),
  'dyte-predictive': entry(dytePredictiveOptions, (options) => new DytePredictivePolicy(options)),
  rules: entry(rulesOptions, (options) => new RulesPolicy(options)),
  'linear-regression': entry(predictedOptions, (options) => new LinearRegressionPolicy(options)),
  'agones-buffer': entry(agonesBufferOptions, (options) => new AgonesBufferPolicy(options)),
} satisfies Record<PolicyName, unknown>;

/** Whether there is such a policy. */
export function isPolicyName(name: string): name is PolicyName {
  return name in policies;
}

/**
 * A policy that has seen nothing yet.
 *
 * @param options those of its schema in schema.ts; what is not given has its default
 * @throws UsageError naming each option that is wrong
 */
export function makePolicy(name: PolicyName, options: object = {}): ScalePolicy {
  const wrong = wrongOptions(name, options);
  if (wrong.length > 0) throw new UsageError(wrong.join('\n       '));
  return policies[name].make(options);
}

/** What is wrong with a policy's options, a line each; nothing when all is right. */
export function wrongOptions(name: PolicyName, options: object): string[] {
  const { schema } = policies[name];
  const issues = schema.safeParse(options).error?.issues ?? [];
  return issues.map((issue) => {
    if (issue.code === 'unrecognized_keys')
      return `policy ${name} has no ${issue.keys.join(', ')}; it has ${Object.keys(schema.unwrap().shape).join(', ')}`;
    const found = issue.path.reduce<unknown>((value, key) => Object(value)[key], options);
    return `policy ${name}, ${issue.path.join('.')}: ${issue.message}; found ${JSON.stringify(found)}`;
  });
}

function entry<T extends z.ZodReadonly<z.ZodObject>>(schema: T, make: (options: z.output<T>) => ScalePolicy) {
  return { schema, make: (options: object) => make(schema.parse(options)) };
}
