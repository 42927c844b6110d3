import type { StoredVerdict } from '#lib/api/verdict/schemas.ts';
import type { PatchRef } from '#lib/domain/patches/types.ts';
import type { QuestionName } from '#lib/domain/verdict/question.ts';
import type { Policy } from '#lib/domain/verdict/types.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { standingFacts } from '#server/usecases/declarations/standing-facts.ts';
import { pictureOfNamespace } from '#server/usecases/shared/require-namespace.ts';
import { answerKey } from '#server/usecases/verdict/answer-key.ts';
import { questionOf } from '#server/usecases/verdict-jobs/question-of.ts';
import { storedVerdictOf } from '#server/usecases/verdict-jobs/stored-verdict.ts';

export interface VerdictInput extends PatchRef {
  readonly namespace: string;
  readonly question: QuestionName;
  readonly min: number | null;
  readonly workflowType: string | null;
  readonly policy: Policy;
}

/**
 * The newest stored answer to exactly this question, however old, with whether it still holds; null: it was never answered.
 * Throws `namespace-not-found`, and `invalid-request` for a question that does not suit the patch.
 */
export async function getVerdict(ctx: Ctx, input: VerdictInput): Promise<StoredVerdict | null> {
  const { namespace, kind, id, workflowType, policy } = input;
  const question = questionOf(input);
  const snapshot = await pictureOfNamespace(ctx, namespace);
  const key = answerKey({ question, patchId: id, workflowType, policy, targetBuild: null });
  const stored = await ctx.store.findAnswer(namespace, key);
  if (stored === null) return null;
  const facts = await standingFacts(ctx, namespace);
  return storedVerdictOf(ctx, { namespace, snapshot, facts }, { kind, id }, stored);
}
