import { randomUUID } from 'node:crypto';
import type { Change, ChangePlan } from '#lib/api/changes/schemas.ts';
import type { VersionSetOperation } from '#lib/domain/version-sets/types.ts';
import { changeText, planText } from '#server/cli/change-text.ts';
import { type CliDeps, EXIT, type ExitCode } from '#server/cli/command.ts';
import { CodedError, isCodedError } from '#server/errors.ts';
import { applyChange } from '#server/usecases/changes/apply-change.ts';
import { planChange } from '#server/usecases/changes/plan-change.ts';
import { CHANGE_TIMING } from '#server/usecases/changes/timing.ts';
import { waitTakenUp } from '#server/usecases/changes/wait-taken-up.ts';
import type { Ctx } from '#server/usecases/context.ts';

export interface ChangeWish {
  readonly queue: string;
  readonly namespace?: string;
  readonly reason: string;
  readonly expectDigest: string | null;
  readonly dryRun: boolean;
  readonly yes: boolean;
  /** Seconds; null: do not wait. */
  readonly waitTakenUp: number | null;
  readonly json: boolean;
}

/** A command has nobody to come back for the outcome: it waits until there is one, at most the 25 s a lost reply takes. */
const ANSWER_MS = 60_000;

/** Plans and, with `yes`, applies. Throws `CodedError` for what is neither refused nor a conflict. */
export async function runChange(
  ctx: Ctx,
  out: Pick<CliDeps, 'write' | 'writeError'>,
  wish: ChangeWish,
  operation: VersionSetOperation,
): Promise<ExitCode> {
  const namespace = wish.namespace ?? ctx.config.temporal.namespace;
  try {
    const plan = await planChange(ctx, { namespace, taskQueue: wish.queue, operation, reason: wish.reason });
    expectDigest(plan, wish.expectDigest);
    if (wish.dryRun || !wish.yes) return planOnly(out, wish, plan);
    if (!wish.json) out.write(`${planText(plan)}\n`);
    const change = await apply(ctx, namespace, plan, wish.waitTakenUp);
    out.write(wish.json ? `${JSON.stringify({ plan, change })}\n` : changeText(change));
    return exitCodeOf(change, wish);
  } catch (error) {
    return failed(error, out, wish);
  }
}

function expectDigest(plan: ChangePlan, expected: string | null): void {
  if (expected === null || expected === plan.digest) return;
  throw new CodedError(
    'changed-since-plan',
    `The sets have the digest ${plan.digest}, not the expected one.`,
    'Look at the queue with `patchboard queue`, and plan again.',
  );
}

function planOnly(out: Pick<CliDeps, 'write' | 'writeError'>, wish: ChangeWish, plan: ChangePlan): ExitCode {
  out.write(wish.json ? `${JSON.stringify({ plan })}\n` : planText(plan));
  if (wish.dryRun) return EXIT.ok;
  out.writeError('patchboard: nothing was written. Add --yes to write, or --dry-run to only see the plan.\n');
  return EXIT.usage;
}

async function apply(ctx: Ctx, namespace: string, plan: ChangePlan, waitSeconds: number | null): Promise<Change> {
  const takeUpMs = waitSeconds === null ? CHANGE_TIMING.takeUpMs : waitSeconds * 1_000;
  const timing = { ...CHANGE_TIMING, takeUpMs, answerMs: ANSWER_MS };
  const change = await applyChange(ctx, { namespace, planId: plan.id, idempotencyKey: randomUUID() }, timing);
  return waitSeconds === null ? change : waitTakenUp(ctx, change);
}

function exitCodeOf(change: Change, { waitTakenUp: wait }: ChangeWish): ExitCode {
  switch (change.outcome) {
    case 'verified':
    case 'already-so':
      return wait === null || change.takenUp.is === true ? EXIT.ok : EXIT.unknown;
    case 'refused':
    case 'conflict':
    case 'superseded':
      return EXIT.blocked;
    case 'unconfirmed':
    case null:
      return EXIT.unknown;
    case 'not-applied':
      return EXIT.usage;
  }
}

/** Refusals and conflicts are answers. Anything uncoded may have struck after the write, so it never reads as "not written". */
function failed(error: unknown, out: Pick<CliDeps, 'write' | 'writeError'>, wish: ChangeWish): ExitCode {
  if (!isCodedError(error)) {
    const message = error instanceof Error ? error.message : String(error);
    out.writeError(`patchboard: internal failure: ${message}\nLook at the queue before you try again.\n`);
    return EXIT.unknown;
  }
  if (error.code !== 'refused' && error.code !== 'changed-since-plan') throw error;
  const { code, message, hint } = error;
  if (wish.json) out.write(`${JSON.stringify({ error: { code, message, hint } })}\n`);
  out.writeError(`patchboard: ${message}\n${hint}\n`);
  return EXIT.blocked;
}
