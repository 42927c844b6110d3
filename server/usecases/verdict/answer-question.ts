import type { Check, Progress, Verdict } from '#lib/api/verdict/schemas.ts';
import { combineVerdicts } from '#lib/domain/verdict/combine-verdicts.ts';
import { patchOf } from '#lib/domain/verdict/question.ts';
import type { PatchVerdict } from '#lib/domain/verdict/types.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { type AskInput, judgeNamespace } from '#server/usecases/verdict/ask-verdict.ts';
import { openBudget } from '#server/usecases/verdict/budget.ts';
import { toJudged } from '#server/usecases/verdict/to-verdict.ts';

export interface QuestionInput extends Omit<AskInput, 'namespace'> {
  /** Answered one after the other; limits count for all of them together. */
  readonly namespaces: readonly [string, ...string[]];
  /** Builds taken to run what the step presumes, for this question alone. */
  readonly assumedBuilds?: readonly string[];
}

interface Part {
  readonly namespace: string;
  readonly verdict: Verdict;
  readonly judged: PatchVerdict;
}

/** "May this code go?" over several namespaces: safe only if it is safe in each. Throws `CodedError`. */
export async function answerQuestion(
  ctx: Ctx,
  input: QuestionInput,
  onProgress: (namespace: string, progress: Progress) => void = () => undefined,
): Promise<Check> {
  const { question, patchId, workflowType, policy, namespaces, assumedBuilds = [] } = input;
  const budget = openBudget(ctx, input.limits);
  const ask = async (namespace: string): Promise<Part> => {
    const tell = (progress: Progress) => onProgress(namespace, progress);
    const part = await judgeNamespace(ctx, { input: { ...input, namespace }, budget, onProgress: tell, assumedBuilds });
    return { namespace, ...part };
  };
  const [first, ...others] = namespaces;
  const parts: [Part, ...Part[]] = [await ask(first)];
  for (const namespace of others) parts.push(await ask(namespace));

  const [head, ...tail] = parts;
  const whole = combineVerdicts([head.judged, ...tail.map((part) => part.judged)]);
  const verdicts = parts.map((part) => part.verdict);
  return {
    patch: patchOf(question, patchId),
    question: question.name,
    min: 'version' in question ? question.version : null,
    workflowType,
    ...toJudged(whole),
    evidence: {
      from: head.verdict.evidence.from,
      to: (tail.at(-1) ?? head).verdict.evidence.to,
      policy,
      historiesRead: whole.historiesRead,
      runsConsidered: whole.runsConsidered,
      calls: budget.calls(),
    },
    isStoppedAtBlocker: verdicts.some((verdict) => verdict.isStoppedAtBlocker),
    // The first namespace's evidence is the oldest.
    validUntil: head.verdict.validUntil,
    byNamespace: parts.map(({ namespace, verdict }) => ({ namespace, ...verdict })),
  };
}
