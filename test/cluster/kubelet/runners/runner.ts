import type { V1Container } from '@kubernetes/client-node';
import { z } from 'zod';
import type { ProcessSpec } from '../../../../shards/local/process/process-directory.ts';
import type { Environment } from '../environment.ts';

/** A container that is about to be run. */
export interface ContainerToRun {
  readonly container: V1Container;
  /** Its own alone: a process also gets that of the tests. */
  readonly environment: Environment;
  readonly namespace: string;
  readonly podName: string;
  readonly podIp: string;
  /** Own folder, for its files; kept over restarts. */
  readonly directory: string;
  /** The folder that stands for each mounted path. */
  readonly mounts: Readonly<Record<string, string>>;
  /** The address behind a Service's name, as a pod of this namespace would resolve it. @throws Error as DNS would. */
  resolve(name: string): string;
}

/** Which process stands for a container of an image. It throws an Error when the real image would end at once. */
export type Runner = (run: ContainerToRun) => ProcessSpec;

/** The environment as an image reads it; throws an Error that names each variable that is wrong. */
export function readEnvironment<Schema extends z.ZodType>(
  schema: Schema,
  environment: Environment,
): z.infer<Schema> {
  const read = schema.safeParse(environment);
  if (!read.success) throw new Error(`environment: ${z.prettifyError(read.error)}`);
  return read.data;
}

/** The tag of an image; undefined when it has none. */
export function tagOf(image: string): string | undefined {
  return /:([^:/@]+)(@|$)/.exec(image)?.[1];
}
