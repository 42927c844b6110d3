import type { WhatIf, WhatIfRequest } from '#lib/api/changes/schemas.ts';
import { whatIf } from '#lib/domain/change-plan/what-if.ts';
import { refusalWords } from '#lib/format/plan-words.ts';
import { previewItem } from '#server/usecases/changes/preview-item.ts';
import { readForPlan } from '#server/usecases/changes/read-for-plan.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { timestampOf } from '#server/usecases/shared/timestamp.ts';
import { countOpenRuns } from '#server/usecases/task-queues/count-open-runs.ts';

/** Several operations in a row on one queue as it is now, none of them applied. Writes nothing anywhere: it may be asked where writes are not allowed. */
export async function askWhatIf(
  ctx: Ctx,
  { namespace, taskQueue, operations }: WhatIfRequest & { namespace: string },
): Promise<WhatIf> {
  const asOf = timestampOf(ctx.now());
  const readings = await readForPlan(
    ctx,
    { namespace, taskQueue },
    operations.map(({ kind }) => kind),
  );
  const openRuns = await countOpenRuns(ctx, namespace, taskQueue, readings.sets);
  const state = { ...readings, openRuns: openRuns.perSet, unversionedOpenRuns: openRuns.unversioned };
  const { steps, refused } = whatIf(state, operations);
  return {
    taskQueue,
    asOf,
    steps: steps.map(({ operation, before, preview }) => previewItem(operation, before, preview)),
    refused: refused && { operation: refused.operation, message: refusalWords(refused.refusal) },
  };
}
