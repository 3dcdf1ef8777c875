import { UsageError } from '../../common/errors.ts';

/** The error of an operator who names a shard that is not there, with the names of those that are. */
export function unknownShard(name: string, known: Iterable<string>): UsageError {
  return new UsageError(`there is no shard ${name}; known: ${[...known].toSorted().join(', ') || 'none'}`);
}
