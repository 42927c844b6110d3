import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { ChangeDetail, ChangePlan } from '#lib/api/changes/schemas.ts';
import { CodedError } from '#server/errors.ts';
import { carryOut } from '#server/usecases/changes/carry-out.ts';
import { getChange } from '#server/usecases/changes/get-change.ts';
import { CHANGE_TIMING, type ChangeTiming } from '#server/usecases/changes/timing.ts';
import { watchIfStored } from '#server/usecases/changes/watch-take-up.ts';
import type { Ctx } from '#server/usecases/context.ts';

export interface ApplyInput {
  readonly namespace: string;
  readonly planId: string;
  /** The build ID of the plan's `mustConfirm`, typed; true where that is null. */
  readonly confirm: true | string;
  /** Chosen by the caller, one for each wish: asking again with it gives the same change and writes nothing. */
  readonly idempotencyKey: string;
}

/**
 * Applies a plan: the intent is recorded, the sets are compared with the plan's, one write attempt, read back. Answers with the change;
 * `outcome` null says that it is still settling. Throws `changed-since-plan` (412) and `refused` (409) for changes that
 * ended so, `plan-expired` (410), `not-found`, `key-reused` and `not-confirmed` (422), `read-only`, `store-unavailable` where the intent
 * could not be recorded. A caller that goes away stops nothing.
 */
export async function applyChange(
  ctx: Ctx,
  input: ApplyInput,
  timing: ChangeTiming = CHANGE_TIMING,
): Promise<ChangeDetail> {
  if (ctx.config.readOnlyReason !== null) {
    throw new CodedError('read-only', ctx.config.readOnlyReason, 'Apply the change where writes are allowed.');
  }
  const change = await begin(ctx, input, timing);
  await settledWithin(ctx, change.id, timing.answerMs);
  return answer(await getChange(ctx, { namespace: input.namespace, id: change.id }));
}

async function begin(ctx: Ctx, input: ApplyInput, timing: ChangeTiming): Promise<ChangeDetail> {
  const { namespace, planId, idempotencyKey } = input;
  const known = await ctx.changes.findByKey(namespace, idempotencyKey);
  if (known) return sameWish(known, planId);
  const plan = await validPlan(ctx, namespace, planId);
  requireConfirmed(plan, input.confirm);
  const intent = { id: randomUUID(), namespace, plan, actor: ctx.actor };
  const { isNew, change } = await ctx.changes.begin(intent, idempotencyKey);
  if (!isNew) return sameWish(change, planId);
  start(ctx, change, timing);
  return change;
}

function sameWish(change: ChangeDetail, planId: string): ChangeDetail {
  if (change.planId === planId) return change;
  throw new CodedError(
    'key-reused',
    'This Idempotency-Key was used for another plan.',
    'Send a new key with every new wish.',
  );
}

async function validPlan(ctx: Ctx, namespace: string, planId: string): Promise<ChangePlan> {
  const plan = await ctx.changes.findPlan(namespace, planId);
  if (!plan) throw new CodedError('not-found', 'There is no such plan.', 'Plan the change again.');
  if (Date.parse(plan.expiresAt) <= ctx.now()) {
    throw new CodedError('plan-expired', 'The plan is older than it may be.', 'Plan the change again and look at it.');
  }
  return plan;
}

function requireConfirmed({ mustConfirm }: ChangePlan, confirm: true | string): void {
  if (mustConfirm === null || confirm === mustConfirm) return;
  throw new CodedError(
    'not-confirmed',
    `No worker polls with ${JSON.stringify(mustConfirm)}: its work would wait.`,
    'Start its workers and plan again, or give that build ID as the confirmation.',
  );
}

/** From here on the work belongs to the process, not to the request: its signal is the ledger's. */
function start(ctx: Ctx, intent: ChangeDetail, timing: ChangeTiming): void {
  ctx.changes.workbench.start(intent.id, async (signal) => {
    const own = { ...ctx, signal };
    try {
      watchIfStored(own, await carryOut(own, intent, timing), timing);
    } catch (error) {
      // A defect of ours or a full disk may strike after the write: reading settles the change once it is given up.
      ctx.changes.giveUp(intent.id);
      throw error;
    }
  });
}

async function settledWithin(ctx: Ctx, id: string, limitMs: number): Promise<void> {
  const enough = new AbortController();
  const limit = pause(limitMs, undefined, { signal: AbortSignal.any([ctx.signal, enough.signal]) });
  try {
    await Promise.race([ctx.changes.workbench.settled(id), limit.catch(() => undefined)]);
  } finally {
    enough.abort();
  }
}

function answer(change: ChangeDetail): ChangeDetail {
  if (change.outcome === 'conflict') {
    throw new CodedError('changed-since-plan', change.message, 'Look at the sets as they are now, and plan again.');
  }
  if (change.outcome === 'refused') {
    throw new CodedError('refused', change.message, 'Nothing was written. Look at the sets, and plan again.');
  }
  return change;
}
