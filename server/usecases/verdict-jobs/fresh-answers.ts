import type { Verdict } from '#lib/api/verdict/schemas.ts';
import { patchKey } from '#lib/domain/census/patch-labels.ts';
import type { PatchRef } from '#lib/domain/patches/types.ts';
import { patchOf } from '#lib/domain/verdict/question.ts';
import type { StoredAnswer } from '#server/store/port.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { subjectOf } from '#server/usecases/verdict/answer-key.ts';
import { VALID_MS } from '#server/usecases/verdict/ask-verdict.ts';
import { type Present, storedVerdictOf } from '#server/usecases/verdict-jobs/stored-verdict.ts';

/** Asked answers that still hold, by `patchKey`: about all types of the patch, its open runs and no target build. */
export type FreshAnswers = ReadonlyMap<string, readonly Verdict[]>;

/** Reads the young answers of a namespace, or of one patch, and holds them against the present. */
export async function freshAnswers(ctx: Ctx, present: Present, only?: PatchRef): Promise<FreshAnswers> {
  const stored = await ctx.store.listAnswers(present.namespace, ctx.now() - VALID_MS);
  const held = await Promise.all(stored.map((answer) => heldAnswer(ctx, present, answer, only)));
  const fresh = new Map<string, Verdict[]>();
  for (const answer of held) {
    if (answer === null) continue;
    const [key, verdict] = answer;
    const known = fresh.get(key);
    if (known === undefined) fresh.set(key, [verdict]);
    else known.push(verdict);
  }
  return fresh;
}

async function heldAnswer(
  ctx: Ctx,
  present: Present,
  stored: StoredAnswer,
  only: PatchRef | undefined,
): Promise<readonly [string, Verdict] | null> {
  const subject = subjectOf(stored.key);
  if (subject === null || subject.workflowType !== null) return null;
  if (subject.policy !== 'open' || subject.targetBuild !== null) return null;
  const patch = patchOf(subject.question, subject.patchId);
  const key = patchKey(patch);
  if (only !== undefined && key !== patchKey(only)) return null;
  const answer = await storedVerdictOf(ctx, present, patch, stored);
  return answer === null || answer.isExpired || answer.withdrawn !== null ? null : [key, answer.verdict];
}
