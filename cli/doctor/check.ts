import type { DoctorView } from './doctor-view.ts';
import type { Finding } from './finding.ts';

/** One thing that an operator would look at. */
export interface Check<V = DoctorView> {
  readonly name: string;
  /** What it looks at, for the reference. */
  readonly about: string;
  /** Does it need a fleet that runs? Left out when the fleet is down. */
  readonly live: boolean;
  /** Reads only. What cannot be read is a finding; what it throws becomes one too. */
  run(view: V, signal: AbortSignal): Promise<Finding[]>;
}
