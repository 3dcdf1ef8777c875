import type { z } from 'zod';
import type { Wish } from '../spec/schema.ts';
import type { wishAnnotations } from './schema.ts';

type Annotations = z.infer<typeof wishAnnotations>;

/** The wish that annotations tell of. */
export function readWish(annotations: Annotations | undefined): Partial<Wish> {
  const deadline = annotations?.['usher.dev/deadline'];
  return {
    desired: annotations?.['usher.dev/desired'],
    deadline: deadline === undefined ? undefined : Date.parse(deadline),
    force: annotations?.['usher.dev/force'],
    removing: annotations?.['usher.dev/removing'],
  };
}

/** The annotations that tell of `wish`, as kustomize takes them; undefined for one that must not stand there. */
export function writeWish(wish: Wish): Record<keyof Annotations, string | undefined> {
  return {
    'usher.dev/desired': wish.desired === 'active' ? undefined : wish.desired,
    'usher.dev/deadline': wish.deadline === undefined ? undefined : new Date(wish.deadline).toISOString(),
    'usher.dev/force': wish.force ? 'true' : undefined,
    'usher.dev/removing': wish.removing ? 'true' : undefined,
  };
}
