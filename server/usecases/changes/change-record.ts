import { randomUUID } from 'node:crypto';
import type { Change, ChangePlan } from '#lib/api/changes/schemas.ts';
import { affectedDefault } from '#lib/domain/change-plan/affected-default.ts';
import type { ChangeOutcome } from '#lib/domain/change-plan/types.ts';
import type { VersionSets } from '#lib/domain/version-sets/types.ts';
import { setsItem } from '#server/usecases/changes/sets-item.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { timestampOf } from '#server/usecases/shared/timestamp.ts';

/** The intent, as it is kept before anything is sent. */
export function intentOf(ctx: Ctx, namespace: string, plan: ChangePlan): Change {
  return {
    id: randomUUID(),
    planId: plan.id,
    namespace,
    taskQueue: plan.taskQueue,
    operation: plan.operation,
    reason: plan.reason,
    actor: ctx.actor,
    outcome: null,
    message: 'Under way.',
    stored: { is: null, at: null },
    takenUp: { is: null, at: null, buildId: affectedDefault({ sets: plan.after }, plan.operation) },
    startedAt: timestampOf(ctx.now()),
    endedAt: null,
    after: null,
  };
}

/** Whether Temporal holds what was planned; null where nobody knows. */
const STORED: Readonly<Record<ChangeOutcome, boolean | null>> = {
  verified: true,
  'already-so': true,
  refused: false,
  conflict: false,
  superseded: false,
  'not-applied': false,
  unconfirmed: null,
};

/** Records how a change ended, and gives it back as it now stands. */
export async function endChange(
  ctx: Ctx,
  change: Change,
  end: { outcome: ChangeOutcome; message: string; observed: VersionSets | null },
): Promise<Change> {
  const at = timestampOf(ctx.now());
  const is = STORED[end.outcome];
  const ended: Change = {
    ...change,
    outcome: end.outcome,
    message: end.message,
    stored: { is, at: is === null ? null : at },
    endedAt: at,
    after: end.observed && setsItem(end.observed),
  };
  await ctx.changes.update(ended);
  ctx.log.info(
    { changeId: change.id, namespace: change.namespace, taskQueue: change.taskQueue, outcome: end.outcome },
    'change ended',
  );
  return ended;
}
