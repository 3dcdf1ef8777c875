import { describe, expect, it } from 'vitest';
import { reloadReason } from './reload-reason.ts';

const running = 'global\n  maxconn 10\n# a comment\nbackend shards\n  server eu-1.1 127.0.0.1:1 id 1\n';

describe('reloadReason', () => {
  it('is none for servers and comments', () => {
    expect(reloadReason(running, running)).toBeUndefined();
    expect(
      reloadReason(running, 'global\n  maxconn 10\nbackend shards\n  server us-1.3 127.0.0.1:9 id 2\n'),
    ).toBeUndefined();
  });

  it('says what changed', () => {
    expect(reloadReason(running, running.replace('10', '20'))).toBe(
      'configuration changed: - maxconn 10; + maxconn 20',
    );
  });

  it('sees a changed order, which may change what HAProxy does', () => {
    expect(reloadReason('a\nb', 'b\na')).toBe('configuration changed: order of its lines');
  });

  it('does not take other servers for shards', () => {
    expect(reloadReason('server agent 127.0.0.1:1', 'server agent 127.0.0.1:2')).toContain('agent');
  });
});
