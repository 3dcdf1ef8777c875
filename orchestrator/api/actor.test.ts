import { describe, expect, it } from 'vitest';
import { actorOf } from './actor.ts';

describe('actorOf', () => {
  it.each([
    [{ 'x-usher-actor': 'ann@desk', 'user-agent': 'node' }, 'operator ann@desk'],
    [{ 'x-usher-actor': ['ann@desk', 'bob@desk'] }, 'operator unnamed at ::1'],
    [{ 'x-usher-actor': 'a\u001b[31mnn' }, 'operator unnamed at ::1'],
    [{ 'x-usher-actor': 'x'.repeat(101), 'user-agent': 'curl/7.88.1 (x)' }, 'operator curl/7.88.1 at ::1'],
    [{ 'x-usher-actor': 'orchestrator 1' }, 'operator unnamed at ::1'],
    [{ 'user-agent': 'é' }, 'operator unnamed at ::1'],
    [{}, 'operator unnamed at ::1'],
  ])('of %j is %s', (headers, actor) => {
    expect(actorOf({ headers, ip: '::1' })).toBe(actor);
  });
});
