import { UsageError } from '../../../common/errors.ts';
import { type PolicyName, policyNames } from '../../../orchestrator/scaling/policies/make-policy.ts';
import { costPolicies } from '../../../orchestrator/scaling/report/cost-policies.ts';
import type { RecordedShard } from '../../../orchestrator/scaling/report/recorded-shard.ts';
import { reportOf } from '../../../orchestrator/scaling/report/report.ts';
import { openApi } from '../../api/open-api.ts';
import type { UsherApi } from '../../api/usher-api.ts';
import { inParallel } from '../../cluster/in-parallel.ts';
import type { Context } from '../../context.ts';
import { print } from '../../output/print.ts';
import { columns } from '../picture/figure.ts';
import { checkWritable, writePage } from '../picture/write-page.ts';
import { withSimulations } from '../with-simulations.ts';
import { formatReport } from './format-report.ts';
import { recordedShard } from './recorded-shard.ts';
import { reportPage, whoIsNotDrawn } from './report-page.ts';
import { shardsToDraw } from './shards-to-draw.ts';

/** The flags of `usher scale report`. */
export interface ReportFlags {
  readonly weeks: number;
  readonly policy?: readonly PolicyName[];
  readonly simulate: boolean;
  readonly html?: string;
}

/** Histories asked for at a time: each is some hundred KB. */
const width = 2;

/** Reports what bridges used and what to set otherwise. Simulates here, not where the fleet is run. */
export async function reportScaling(
  names: readonly string[],
  { weeks, policy = policyNames, simulate, html }: ReportFlags,
  context: Context,
): Promise<void> {
  if (html !== undefined) await checkWritable(html);
  const recorded = await readRecorded(await openApi(context), names, weeks);
  if (recorded.every(({ steps }) => steps.length === 0)) {
    throw new UsageError('nothing is recorded yet: the leader keeps what bridges carry every five minutes');
  }
  const drawn = shardsToDraw(recorded, 1 + (simulate ? policy.length : 0));
  const costs = simulate
    ? await withSimulations(context, (pool, onProgress) =>
        costPolicies(pool, recorded, policy, {
          ...(html !== undefined && { columns, isDrawn: ({ name }) => drawn.has(name) }),
          ...(onProgress && { onProgress }),
        }),
      )
    : [];
  const policies = costs.map(({ timeline: _, ...cost }) => cost);
  const report = reportOf(recorded, policies);
  const advice = report.advice.map((one) => ({ ...one, commands: one.commands.map(context.hint) }));
  print(context, { ...report, advice }, () => formatReport({ ...report, advice }));
  if (html === undefined) return;
  await writePage(html, reportPage(recorded, { ...report, advice, policies: costs }, drawn), context);
  for (const line of whoIsNotDrawn(recorded, drawn)) context.stderr.write(`${line}\n`);
}

async function readRecorded(
  api: UsherApi,
  names: readonly string[],
  weeks: number,
): Promise<readonly RecordedShard[]> {
  const chosen = names.length > 0 ? [...new Set(names)] : (await api.shards()).map(({ name }) => name);
  return inParallel(chosen, async (name) => recordedShard(await api.shardHistory(name, weeks)), width);
}
