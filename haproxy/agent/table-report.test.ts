import { describe, expect, it } from 'vitest';
import { readReport, type TableReport, writeReport } from './table-report.ts';

const report: Omit<TableReport, 'entries'> = {
  proxy: 'proxy-1',
  runId: 'abc',
  uptimeMs: 5,
  servers: [{ name: 'eu-1.1', id: 1, host: '127.0.0.1', port: 80 }],
  maps: {
    rooms: new Map([
      ['/a', 'eu-1.1'],
      ['t/b', '?'],
    ]),
    slots: new Map([['eu-1.1', 'eu-1.1']]),
    buckets: new Map([['main/7', '!eu-1.1']]),
    tenants: new Map([['t', 'main']]),
  },
  answers: new Map([['/c', 'eu-1.1']]),
};

async function* linesOf(text: string): AsyncGenerator<string> {
  yield* text.split('\n').filter((line) => line !== '');
}

describe('a table report', () => {
  it('comes back as it was written', async () => {
    const text = [...writeReport(report)].join('');
    expect(await readReport(linesOf(text))).toEqual({ ...report, entries: 6 });
  });

  it.each([
    ['cut short', (text: string) => text.slice(0, text.lastIndexOf('answers')), /ends after 5 of 6 entries/],
    ['empty', () => '', /ends after 0 of unknown/],
    ['of other maps', (text: string) => text.replace('slots', 'plots'), /not an entry of a report: "plots/],
    ['with a bad key', (text: string) => text.replace('/a ', '/A '), /not an entry of a report: "rooms \/A/],
  ])('is refused when it is %s', async (_what, change, message) => {
    const text = change([...writeReport(report)].join(''));
    await expect(readReport(linesOf(text))).rejects.toThrow(message);
  });
});
