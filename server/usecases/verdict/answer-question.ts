import type { Check, Verdict } from '#lib/api/verdict/schemas.ts';
import { combineVerdicts } from '#lib/domain/verdict/combine-verdicts.ts';
import { judgePatch } from '#lib/domain/verdict/judge-patch.ts';
import { patchKindOf, type PatchQuestion } from '#lib/domain/verdict/question.ts';
import type { PatchVerdict } from '#lib/domain/verdict/types.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { type Limits, openBudget } from '#server/usecases/verdict/budget.ts';
import { gatherEvidence } from '#server/usecases/verdict/gather-evidence.ts';
import { timestampOf } from '#server/usecases/shared/timestamp.ts';
import { toAnswer } from '#server/usecases/verdict/to-answer.ts';

export interface QuestionInput {
  readonly question: PatchQuestion;
  readonly patchId: string;
  /** null: every type known to use the patch. */
  readonly workflowType: string | null;
  /** Answered one after the other; limits count for all of them together. */
  readonly namespaces: readonly [string, ...string[]];
  readonly limits: Limits;
}

interface Asked {
  readonly namespace: string;
  readonly verdict: PatchVerdict;
  readonly isStoppedAtBlocker: boolean;
  readonly calls: number;
  readonly fromMs: number;
  readonly toMs: number;
}

/** "May this code go?", with evidence of its own. Never `safe` in this form: the verdict's type has no such answer. */
export async function answerQuestion(ctx: Ctx, input: QuestionInput): Promise<Check> {
  const { question, patchId, workflowType, namespaces } = input;
  const budget = openBudget(ctx, input.limits);
  const [first, ...others] = namespaces;
  const asked: [Asked, ...Asked[]] = [await askIn(first)];
  for (const namespace of others) asked.push(await askIn(namespace));

  async function askIn(namespace: string): Promise<Asked> {
    const [fromMs, callsBefore] = [ctx.now(), budget.calls()];
    const gathered = await gatherEvidence(ctx, { namespace, question, patchId, workflowType }, budget);
    return {
      namespace,
      verdict: judgePatch(gathered.evidence),
      isStoppedAtBlocker: gathered.isStoppedAtBlocker,
      calls: budget.calls() - callsBefore,
      fromMs,
      toMs: ctx.now(),
    };
  }

  const [head, ...tail] = asked;
  return {
    patch: { kind: patchKindOf(question.name), id: patchId },
    workflowType,
    ...toVerdict(question, {
      verdict: combineVerdicts([head.verdict, ...tail.map((part) => part.verdict)]),
      isStoppedAtBlocker: asked.some((part) => part.isStoppedAtBlocker),
      calls: budget.calls(),
      fromMs: head.fromMs,
      toMs: (tail.at(-1) ?? head).toMs,
    }),
    byNamespace: asked.map((part) => ({ namespace: part.namespace, ...toVerdict(question, part) })),
  };
}

function toVerdict(question: PatchQuestion, part: Omit<Asked, 'namespace'>): Verdict {
  const { verdict, isStoppedAtBlocker, calls } = part;
  return {
    ...toAnswer(question, verdict, part),
    classes: { ...verdict.classes },
    wait: verdict.wait && { latestEnd: timestampOf(verdict.wait.latestEndMs), endlessRuns: verdict.wait.endlessRuns },
    isStoppedAtBlocker,
    calls,
  };
}
