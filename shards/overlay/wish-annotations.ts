import type { z } from 'zod';
import type { Wish, wish } from '../spec/schema.ts';
import type { wishAnnotations } from './schema.ts';

type Annotations = z.infer<typeof wishAnnotations>;

/** The wish that annotations tell of. */
export function readWish(annotations: Annotations | undefined): z.input<typeof wish> {
  const deadline = annotations?.['usher.dev/deadline'];
  return {
    desired: annotations?.['usher.dev/desired'],
    deadline: deadline === undefined ? undefined : Date.parse(deadline),
    force: annotations?.['usher.dev/force'],
    removing: annotations?.['usher.dev/removing'],
  };
}

/** The annotations that tell of `wanted`, as kustomize takes them; undefined for one that must not stand there. */
export function writeWish(wanted: Wish): Record<keyof Annotations, string | undefined> {
  return {
    'usher.dev/desired': wanted.desired === 'active' ? undefined : wanted.desired,
    'usher.dev/deadline': wanted.deadline === undefined ? undefined : new Date(wanted.deadline).toISOString(),
    'usher.dev/force': wanted.force ? 'true' : undefined,
    'usher.dev/removing': wanted.removing ? 'true' : undefined,
  };
}
