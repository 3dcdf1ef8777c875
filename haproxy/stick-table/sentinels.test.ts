import { describe, expect, it } from 'vitest';
import { agreedPrimary } from './sentinels.ts';

const names = (...ports: number[]) =>
  ports.map((port) => ({ primary: { host: '127.0.0.1', port }, replicas: 2, others: 2 }));

describe('agreedPrimary', () => {
  it.each<[string, number[], number | undefined]>([
    ['all of them', [1, 1, 1], 1],
    ['two of three', [1, 2, 1], 1],
    ['two, the third being silent', [2, 2], 2],
    ['two that do not agree', [1, 2], undefined],
    ['three that do not agree', [1, 2, 3], undefined],
    ['one alone', [1], undefined],
    ['none', [], undefined],
  ])('goes by %s', (_, ports, expected) => {
    expect(agreedPrimary(names(...ports), 3)?.port).toBe(expected);
  });
});
