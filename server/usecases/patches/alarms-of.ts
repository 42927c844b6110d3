import type { Alarm } from '#lib/api/patches/schemas.ts';
import type { Verdict } from '#lib/api/verdict/schemas.ts';
import { oncePerSnapshot } from '#lib/domain/census/once-per-snapshot.ts';
import type { CensusSnapshot } from '#lib/domain/census/snapshot.ts';
import type { PatchTally } from '#lib/domain/census/tally-patches.ts';
import { carriersOf } from '#lib/domain/verdict/stage.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { hasComeBack } from '#server/usecases/patches/came-back.ts';

/** Open runs of each type whose newest workflow task failed by nondeterminism. */
const failingByType = oncePerSnapshot(({ runs }): ReadonlyMap<string, number> => {
  const failing = new Map<string, number>();
  for (const { summary, facts } of runs) {
    if (!facts?.nondeterminismFailure) continue;
    failing.set(summary.workflowType, (failing.get(summary.workflowType) ?? 0) + 1);
  }
  return failing;
});

interface AlarmInput {
  readonly snapshot: CensusSnapshot;
  readonly tally: PatchTally;
  /** The answers that are shown with the patch. */
  readonly answers: readonly Verdict[];
}

/** What somebody should look at although no question was asked. */
export async function alarmsOf(ctx: Ctx, { snapshot, tally, answers }: AlarmInput): Promise<Alarm[]> {
  const alarms: Alarm[] = [];
  const failing = failingByType(snapshot);
  const failed = tally.byType.reduce((sum, { workflowType }) => sum + (failing.get(workflowType) ?? 0), 0);
  if (failed > 0) alarms.push({ code: 'nondeterminism', count: failed });

  const carriers = carriersOf(tally.totals);
  if (carriers === 0) return alarms;
  const stopped = answers.flatMap(({ notes }) => notes.filter(({ code }) => code === 'newest-stopped-writing'));
  if (stopped.length > 0) alarms.push({ code: 'newest-stopped-writing', count: carriers });
  if (await hasComeBack(ctx, snapshot.namespace, tally)) alarms.push({ code: 'came-back', count: carriers });
  return alarms;
}
