import { randomUUID } from 'node:crypto';
import type { Change, ChangeWish } from '#lib/api/changes/schemas.ts';
import type { VersionSetOperation } from '#lib/domain/version-sets/types.ts';
import { applyChange } from '#server/usecases/changes/apply-change.ts';
import { listChanges } from '#server/usecases/changes/list-changes.ts';
import { planChange } from '#server/usecases/changes/plan-change.ts';
import { createFakeTemporal } from '#server/usecases/changes/testing/fake-temporal.ts';
import { FAST, testCtx } from '#server/usecases/changes/testing/test-ctx.ts';
import type { ChangeTiming } from '#server/usecases/changes/timing.ts';

export const namespace = 'ns';
export const taskQueue = 'q';
export const promoteA: VersionSetOperation = { kind: 'promote-set', buildId: 'a' };

/** One queue with the sets of `a` and `b`, which takes new runs, and what a caller does with it. `ctx` may be replaced. */
export function createChangeBench() {
  const fake = createFakeTemporal();
  for (const buildId of ['a', 'b']) fake.sets(taskQueue).apply({ kind: 'add-new-default', buildId });
  const bench = {
    fake,
    ctx: testCtx(fake.port),
    plan: (operation: ChangeWish = promoteA) =>
      planChange(bench.ctx, { namespace, taskQueue, operation, reason: 'because' }, FAST),
    /** Confirms as the plan wants it: nobody polls in most tests. */
    apply: async (planId: string, idempotencyKey: string = randomUUID(), timing: ChangeTiming = FAST) => {
      const confirm = (await bench.ctx.changes.findPlan(namespace, planId))?.mustConfirm ?? true;
      return applyChange(bench.ctx, { namespace, planId, confirm, idempotencyKey }, timing);
    },
    onlyChange: async (): Promise<Change | undefined> => {
      const { items } = await listChanges(bench.ctx, { namespace, limit: 100 });
      return items.find((item) => item.kind === 'change');
    },
  };
  return bench;
}

export type ChangeBench = ReturnType<typeof createChangeBench>;
