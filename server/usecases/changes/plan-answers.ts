import type { ChangePlan } from '#lib/api/changes/schemas.ts';
import { type Verdict, verdictSchema } from '#lib/api/verdict/schemas.ts';
import { patchKey } from '#lib/domain/census/patch-labels.ts';
import { patchOf } from '#lib/domain/verdict/question.ts';
import { parsedAs } from '#server/parsed-as.ts';
import type { StoredAnswer } from '#server/store/port.ts';
import type { PlannedQueue } from '#server/usecases/changes/read-for-plan.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { type AnswerSubject, subjectOf } from '#server/usecases/verdict/answer-key.ts';
import { VALID_MS } from '#server/usecases/verdict/ask-verdict.ts';

/** An answer ends after five minutes, but the deploy that it was asked for takes longer: for so long the plan still names it. */
const ACTED_ON_MS = 3_600_000;

interface Told {
  readonly subject: AnswerSubject;
  readonly verdict: Verdict;
}

/**
 * Answers given lately about patches of workflow types that this queue serves: they rest on which build takes which work here. One for each
 * patch and question, the newest about the whole patch before any about one workflow type or a build to come.
 */
export async function planAnswers(ctx: Ctx, { namespace, taskQueue }: PlannedQueue): Promise<ChangePlan['answers']> {
  const stored = await ctx.store.listAnswers(namespace, ctx.now() - VALID_MS - ACTED_ON_MS);
  const told = stored
    .flatMap(parsed)
    .filter(({ verdict }) => restsOn(verdict, taskQueue) && isYoung(verdict, ctx.now()));
  const wholeFirst = [...told.filter(isWhole), ...told.filter((answer) => !isWhole(answer))];
  const byQuestion = Map.groupBy(wholeFirst, keyOf);
  return Array.from(byQuestion.values(), ([first]) => first)
    .filter((answer) => answer !== undefined)
    .map(({ subject, verdict: { question, min, answer } }) => ({
      patch: patchOf(subject.question, subject.patchId),
      question,
      min,
      answer,
    }));
}

/** An answer of an older form, or edited by hand, is none. */
function parsed({ key, body }: StoredAnswer): Told[] {
  const subject = subjectOf(key);
  const verdict = parsedAs(verdictSchema, body);
  return subject === null || verdict === null ? [] : [{ subject, verdict }];
}

/** Nothing is built on an answer that says nothing. */
function restsOn({ answer, byType }: Verdict, taskQueue: string): boolean {
  return answer !== 'unknown' && byType.some(({ taskQueues }) => taskQueues.includes(taskQueue));
}

function isYoung({ validUntil }: Verdict, nowMs: number): boolean {
  return validUntil !== null && Date.parse(validUntil) + ACTED_ON_MS > nowMs;
}

function isWhole({ subject }: Told): boolean {
  return subject.workflowType === null && subject.targetBuild === null;
}

function keyOf({ subject, verdict }: Told): string {
  return JSON.stringify([patchKey(patchOf(subject.question, subject.patchId)), verdict.question, verdict.min]);
}
