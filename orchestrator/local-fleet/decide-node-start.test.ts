import { describe, expect, it } from 'vitest';
import { decideNodeStart } from './decide-node-start.ts';

const me = { host: '127.0.0.1', port: 1 };
const other = { host: '127.0.0.1', port: 2 };

describe('decideNodeStart', () => {
  it.each([
    ['no Sentinel answers', undefined, true, 'nothing yet'],
    ['no Sentinel answers and nothing else runs', undefined, false, 'nothing yet'],
    ['another is primary', other, true, 'replica'],
    ['another is primary, but does not run either', other, false, 'replica'],
    ['it is still called primary, and replicas have the table', me, true, 'nothing yet'],
    ['it is still called primary, and nobody has the table', me, false, 'primary'],
  ])('when %s', (_, primary, othersRun, as) => {
    const start = decideNodeStart({ address: me, primary, othersRun });
    expect(start.as).toBe(as);
    expect(start.reason).not.toBe('');
    if (start.as === 'replica') expect(start.of).toEqual(other);
  });
});
