import type { KubeObject } from '../kube-object.ts';

/** What is wrong with the objects of a build, one line each. */
export type Rule = (objects: readonly KubeObject[]) => string[];
