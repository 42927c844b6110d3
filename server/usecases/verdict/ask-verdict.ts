import type { Progress, Verdict } from '#lib/api/verdict/schemas.ts';
import { judgePatch } from '#lib/domain/verdict/judge-patch.ts';
import { isBlockingCode } from '#lib/domain/verdict/reason-order.ts';
import type { PatchVerdict } from '#lib/domain/verdict/types.ts';
import { standingFacts } from '#server/usecases/declarations/standing-facts.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { assumedFacts } from '#server/usecases/verdict/assumed-facts.ts';
import { answerKey, type AnswerSubject } from '#server/usecases/verdict/answer-key.ts';
import { type Budget, type Limits, openBudget } from '#server/usecases/verdict/budget.ts';
import { type AskedIn, gatherEvidence } from '#server/usecases/verdict/gather/gather-evidence.ts';
import { toVerdict } from '#server/usecases/verdict/to-verdict.ts';

export interface AskInput extends AnswerSubject {
  readonly namespace: string;
  /** `answer`: reading ends at the first run that blocks, so that counts are at least what they say. */
  readonly mode: 'answer' | 'full';
  readonly limits: Limits;
}

/** An answer holds this long; then workers and runs may have changed. */
export const VALID_MS = 5 * 60_000;

/**
 * "May this code go?" in one namespace, with evidence of its own; the answer is kept in the store. Throws `CodedError`: `aborted`
 * by `ctx.signal`, and what Temporal or the store refused.
 */
export async function askVerdict(
  ctx: Ctx,
  input: AskInput,
  onProgress: (progress: Progress) => void,
): Promise<Verdict> {
  const { verdict } = await judgeNamespace(ctx, { input, budget: openBudget(ctx, input.limits), onProgress });
  return verdict;
}

interface NamespaceQuestion {
  readonly input: AskInput;
  readonly budget: Budget;
  readonly onProgress: (progress: Progress) => void;
  /** Builds taken, for this question alone, to run what the step presumes. Its answer is then not kept. */
  readonly assumedBuilds?: readonly string[];
}

/** One namespace within a budget that several may share. */
export async function judgeNamespace(
  ctx: Ctx,
  { input, budget, onProgress, assumedBuilds = [] }: NamespaceQuestion,
): Promise<{ readonly verdict: Verdict; readonly judged: PatchVerdict }> {
  const { namespace, question, patchId, workflowType, policy, targetBuild } = input;
  // An assumption may clear what blocks at first sight.
  const mode = assumedBuilds.length > 0 ? 'full' : input.mode;
  const [fromMs, callsBefore] = [ctx.now(), budget.calls()];
  const facts = await standingFacts(ctx, namespace);
  const asked: AskedIn = { namespace, question, patchId, workflowType, policy, mode, targetBuild, facts };
  const gathered = await gatherEvidence(ctx, asked, budget, onProgress);
  const { isStoppedAtBlocker, lastClosedLeavesMs, queues } = gathered;
  const evidence = { ...gathered.evidence, facts: [...facts, ...assumedFacts(gathered.evidence, assumedBuilds)] };
  const whole = judgePatch(evidence);
  // A fact that what was read contradicts may have made the reader stop too early: then the answer is what is missing.
  const judged = isStoppedAtBlocker && whole.answer === 'blocked' ? onlyBlockers(whole) : whole;
  const toMs = ctx.now();
  const calls = budget.calls() - callsBefore;
  const verdict = toVerdict(question, judged, {
    source: 'asked',
    workflowType,
    policy,
    fromMs,
    toMs,
    calls,
    isStoppedAtBlocker,
    validUntilMs: toMs + VALID_MS,
    lastClosedLeavesMs,
    queues,
  });
  onProgress({ phase: 'done', historiesRead: judged.historiesRead, historiesWanted: judged.runsConsidered, calls });
  if (assumedBuilds.length === 0) {
    const body = JSON.stringify(verdict);
    await ctx.store.saveAnswer(namespace, { key: answerKey(input), askedBy: ctx.actor, atMs: toMs, body });
  }
  return { verdict, judged };
}

/** Reading ended early: what else is not known was not looked for, and would change nothing. */
function onlyBlockers(verdict: PatchVerdict): PatchVerdict {
  const reasons = verdict.reasons.filter(({ code }) => isBlockingCode(code));
  return {
    ...verdict,
    reasons,
    notes: [],
    byType: verdict.byType
      .filter((type) => type.historiesRead > 0)
      .map((type) => ({ ...type, notes: [], reasons: type.reasons.filter(({ code }) => isBlockingCode(code)) })),
  };
}
