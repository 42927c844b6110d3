import { setTimeout as pause } from 'node:timers/promises';
import type { Change, ChangePlan } from '#lib/api/changes/schemas.ts';
import { OUTCOME_WORDS } from '#lib/format/plan-words.ts';
import { CodedError } from '#server/errors.ts';
import { carryOut } from '#server/usecases/changes/carry-out.ts';
import { endChange, intentOf } from '#server/usecases/changes/change-record.ts';
import { getChange } from '#server/usecases/changes/get-change.ts';
import { CHANGE_TIMING, type ChangeTiming } from '#server/usecases/changes/timing.ts';
import { takeUpWork, watchTakeUp } from '#server/usecases/changes/watch-take-up.ts';
import type { Ctx } from '#server/usecases/context.ts';

export interface ApplyInput {
  readonly namespace: string;
  readonly planId: string;
  /** Chosen by the caller, one for each wish: asking again with it gives the same change and writes nothing. */
  readonly idempotencyKey: string;
}

/**
 * Applies a plan: the intent is kept, the sets are compared with the plan's, one write attempt, read back. Answers with the change;
 * `outcome` null says that it is still settling. Throws `changed-since-plan` (412) and `refused` (409) for changes that
 * ended so, `plan-expired` (410), `not-found`, `key-reused` (422), `read-only`. A caller that goes away stops nothing.
 */
export async function applyChange(ctx: Ctx, input: ApplyInput, timing: ChangeTiming = CHANGE_TIMING): Promise<Change> {
  if (ctx.config.readOnlyReason !== null) {
    throw new CodedError('read-only', ctx.config.readOnlyReason, 'Apply the change where writes are allowed.');
  }
  const change = await begin(ctx, input, timing);
  await settledWithin(ctx, change.id, timing.answerMs);
  return answer(await getChange(ctx, { namespace: input.namespace, id: change.id }));
}

async function begin(ctx: Ctx, input: ApplyInput, timing: ChangeTiming): Promise<Change> {
  const { namespace, planId, idempotencyKey } = input;
  const known = await ctx.changes.findByKey(namespace, idempotencyKey);
  if (known) return sameWish(known, planId);
  const plan = await validPlan(ctx, namespace, planId);
  const intent = intentOf(ctx, namespace, plan);
  const begun = await ctx.changes.begin(intent, idempotencyKey);
  if (!begun.isNew) return sameWish(begun.change, planId);
  start(ctx, intent, plan, timing);
  return intent;
}

function sameWish(change: Change, planId: string): Change {
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

/** From here on the work belongs to the process, not to the request: its signal is the ledger's. */
function start(ctx: Ctx, intent: Change, plan: ChangePlan, timing: ChangeTiming): void {
  const { workbench } = ctx.changes;
  workbench.start(intent.id, async (signal) => {
    const own = { ...ctx, signal };
    const ended = await carryOut(own, intent, plan, timing).catch((error) => leaveNoneOpen(own, intent, error));
    if (ended.stored.is !== true) return;
    workbench.start(takeUpWork(intent.id), async () => watchTakeUp(own, ended, timing));
  });
}

/** A defect of ours may strike after the write: the change then ends as unconfirmed, and never stays open. */
async function leaveNoneOpen(ctx: Ctx, { namespace, id }: Change, error: unknown): Promise<never> {
  const change = await getChange(ctx, { namespace, id });
  if (change.outcome === null) {
    await endChange(ctx, change, { outcome: 'unconfirmed', message: OUTCOME_WORDS.unconfirmed, observed: null });
  }
  throw error;
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

function answer(change: Change): Change {
  if (change.outcome === 'conflict') {
    throw new CodedError('changed-since-plan', change.message, 'Look at the sets as they are now, and plan again.');
  }
  if (change.outcome === 'refused') {
    throw new CodedError('refused', change.message, 'Nothing was written. Look at the sets, and plan again.');
  }
  return change;
}
