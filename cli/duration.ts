import { InvalidArgumentError } from 'commander';

const unitMs = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000 } as const;

/** Reads a time as people write it: `90s`, `2h`, `1h30m`, `1d`; in milliseconds. */
export function duration(text: string): number {
  const parts = [...text.matchAll(/(\d{1,6})([dhms])/g)];
  const isWhole = parts.map(([part]) => part).join('') === text && text !== '';
  if (!isWhole) throw new InvalidArgumentError('A time is expected, as in 90s, 2h or 1h30m.');
  return parts.reduce(
    (sum, [, number, unit]) => sum + Number(number) * unitMs[unit as keyof typeof unitMs],
    0,
  );
}
