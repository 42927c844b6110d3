import { z } from 'zod';
import { policySchema } from '#lib/api/verdict/schemas.ts';
import type { PatchQuestion } from '#lib/domain/verdict/question.ts';
import type { Policy } from '#lib/domain/verdict/types.ts';
import { parsedAs } from '#server/parsed-as.ts';

export interface AnswerSubject {
  readonly question: PatchQuestion;
  readonly patchId: string;
  readonly workflowType: string | null;
  readonly policy: Policy;
  readonly targetBuild: string | null;
}

/** Text under which the newest answer to exactly this question is stored. */
export function answerKey({ question, patchId, workflowType, policy, targetBuild }: AnswerSubject): string {
  const version = 'version' in question ? question.version : null;
  return JSON.stringify([question.name, version, patchId, workflowType, policy, targetBuild]);
}

const keySchema = z.tuple([
  z.enum(['deprecate', 'remove', 'raise-min', 'drop-call']),
  z.int().nullable(),
  z.string(),
  z.string().nullable(),
  policySchema,
  z.string().nullable(),
]);

/** The question that a key stands for; null: it is no key of `answerKey`. */
export function subjectOf(key: string): AnswerSubject | null {
  const parsed = parsedAs(keySchema, key);
  if (parsed === null) return null;
  const [name, version, patchId, workflowType, policy, targetBuild] = parsed;
  const rest = { patchId, workflowType, policy, targetBuild };
  if (name === 'deprecate' || name === 'remove') return { question: { name }, ...rest };
  return version === null ? null : { question: { name, version }, ...rest };
}
