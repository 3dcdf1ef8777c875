import { describeSplit } from '../../../orchestrator/split-detector/describe-split.ts';
import type { Check } from '../check.ts';
import { error, type Finding, warn } from '../finding.ts';

/** Findings in full; the rest is counted. */
const shown = 20;
/** Looks that may be missed. */
const lateLooks = 5;

/** What the orchestrator's split detector found. */
export const splitsCheck: Check = {
  name: 'splits',
  about: 'table, proxies and censuses agree about every room',
  live: true,
  async run({ splits, fleet }) {
    if (!splits.ok) {
      return [
        warn('the orchestrator', `not looked: ${splits.reason}`, 'see the checks processes and sockets'),
      ];
    }
    const { lookedAt, unread, splits: found } = splits.value;
    const findings = found.slice(0, shown).map(({ doThis, ...split }): Finding => {
      // The others are repaired without moving people.
      const judge = split.kind === 'shard-split' || split.kind === 'proxy-split' ? error : warn;
      return judge(split.room, describeSplit(split), doThis);
    });
    if (found.length > shown) {
      findings.push(warn('', `and ${found.length - shown} rooms more`, '`usher room splits` lists them'));
    }
    for (const { where, reason } of unread) {
      findings.push(warn(where, `not compared: ${reason}`, 'see the checks sockets and shards'));
    }
    return [...findings, ...judgeAge(lookedAt, lateLooks * fleet.timings.splitsEveryMs)];
  },
};

function judgeAge(lookedAt: string | null, lateMs: number): Finding[] {
  if (lookedAt !== null && Date.now() - Date.parse(lookedAt) <= lateMs) return [];
  const what = lookedAt === null ? 'has not looked yet' : `has last looked at ${lookedAt}`;
  return [warn('the split detector', what, 'it looks while Redis decides; see the check redis')];
}
