import { InvalidArgumentError, Option } from 'commander';
import {
  isPolicyName,
  type PolicyName,
  policyNames,
} from '../../orchestrator/scaling/policies/make-policy.ts';

/** `--policy`: some of the policies, with commas between them. */
export function policiesOption(): Option {
  return new Option('--policy <names>', 'simulate these alone, as in forecast,hpa (default: all)')
    .choices(policyNames)
    .argParser((text) => text.split(',').map((name) => policyNamed(name.trim())));
}

/** Reads the name of a policy. */
export function policyNamed(name: string): PolicyName {
  if (isPolicyName(name)) return name;
  throw new InvalidArgumentError(`There is no policy "${name}"; there are ${policyNames.join(', ')}.`);
}
