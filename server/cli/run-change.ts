import { randomUUID } from 'node:crypto';
import type { Change, ChangePlan, ChangePlanRequest } from '#lib/api/changes/schemas.ts';
import type { ChangeDesk } from '#server/cli/change-desk.ts';
import { changeText, planText } from '#server/cli/change-text.ts';
import { type CliDeps, EXIT, type ExitCode } from '#server/cli/command.ts';
import { CodedError, isCodedError } from '#server/errors.ts';

export interface ChangeWish {
  readonly queue: string;
  readonly reason: string;
  readonly expectDigest: string | null;
  readonly dryRun: boolean;
  /** The build ID that the plan wants typed; null: none given. */
  readonly confirm: string | null;
  /** Seconds; null: do not wait. */
  readonly waitTakenUp: number | null;
  readonly json: boolean;
}

type Out = Pick<CliDeps, 'write' | 'writeError'>;

/** Plans and, unless it is a dry run, applies. Throws `CodedError` for what is neither refused nor a conflict. */
export async function runChange(
  desk: ChangeDesk,
  out: Out,
  wish: ChangeWish,
  operation: ChangePlanRequest['operation'],
): Promise<ExitCode> {
  try {
    const plan = await desk.plan({ taskQueue: wish.queue, operation, reason: wish.reason });
    expectDigest(plan, wish.expectDigest);
    if (wish.dryRun) {
      out.write(wish.json ? `${JSON.stringify({ plan })}\n` : planText(plan));
      return EXIT.ok;
    }
    if (!wish.json) out.write(`${planText(plan)}\n`);
    const change = await apply(desk, plan, wish);
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

async function apply(desk: ChangeDesk, plan: ChangePlan, { confirm, waitTakenUp }: ChangeWish): Promise<Change> {
  const change = await desk.apply({ planId: plan.id, confirm: confirm ?? true, idempotencyKey: randomUUID() });
  return waitTakenUp === null ? change : desk.waitTakenUp(change, waitTakenUp * 1_000);
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
function failed(error: unknown, out: Out, wish: ChangeWish): ExitCode {
  if (!isCodedError(error)) {
    const message = error instanceof Error ? error.message : String(error);
    out.writeError(`patchboard: internal failure: ${message}\nLook at the queue before you try again.\n`);
    return EXIT.unknown;
  }
  const { code, message, hint } = error;
  const exit = EXIT_OF_ERROR[code];
  if (exit === undefined) throw error;
  if (wish.json) out.write(`${JSON.stringify({ error: { code, message, hint } })}\n`);
  out.writeError(`patchboard: ${message}\n${hint}\n`);
  return exit;
}

/** What ends otherwise than as usage or connection. */
const EXIT_OF_ERROR: Readonly<Partial<Record<CodedError['code'], ExitCode>>> = {
  refused: EXIT.blocked,
  'changed-since-plan': EXIT.blocked,
  'not-confirmed': EXIT.blocked,
  'ambiguous-write': EXIT.unknown,
};
