import { hostPort } from '../../haproxy/config/address.ts';
import type { Fleet } from '../../orchestrator/fleet/schema.ts';
import type { Context } from '../context.ts';

/** What an operator may try on a fleet that has just come up. */
export function whatNext({ proxies }: Pick<Fleet, 'proxies'>, hint: Context['hint']): string {
  const urls = proxies.flatMap(({ bind }) => bind.map((address) => `http://${hostPort(address)}`));
  const tries = [
    [`curl -i '${urls[0]}/acme/config.js?room=stand-up'`, 'seats a room; see X-Jitsi-Shard'],
    [hint('room explain acme/stand-up'), 'says why it sits there'],
    [hint('shard add eu-4 --region eu --bridges 1..3 --wait'), 'adds a shard'],
    [hint('shard drain eu-4 --wait'), 'empties it, once its rooms have ended'],
    [hint('down'), 'stops everything'],
  ] as const;
  const width = Math.max(...tries.map(([command]) => command.length));
  const lines = tries.map(([command, what]) => `  ${command.padEnd(width)}   # ${what}\n`);
  return `The fleet is up: ${urls.join(', ')}. Try next:\n${lines.join('')}`;
}
