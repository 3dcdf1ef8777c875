import type { ShardScale } from '../../../orchestrator/api/schema/scale.ts';

/** What an operator may want next, each with its command. */
export function whatToDo(scale: ShardScale): (readonly [what: string, command: string])[] {
  const { name, limits, decision, bridges, scaledElsewhere } = scale;
  if (scaledElsewhere) return [];
  const past = [['What was done', `events --shard ${name}`]] as const;
  if (limits.paused) return [['Scale again', `scale resume ${name}`], ...past];
  const wanted = decision?.wanted.exist ?? 0;
  const more = Math.max(bridges, decision?.exist ?? 0) + 1;
  return [
    ...(wanted > limits.max ? [['As many as wanted', `scale set ${name} --max ${wanted}`] as const] : []),
    ...(more <= limits.max ? [['More for a while', `scale floor ${name} ${more} --for 2h`] as const] : []),
    ['Leave them as they are', `scale pause ${name} --for 1h`],
    ...past,
  ];
}
