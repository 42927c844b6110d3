import { sumReasons, sumClasses, sumNotes, sumWaits } from '#lib/domain/verdict/combine-verdicts.ts';
import { findContradictions } from '#lib/domain/verdict/contradictions.ts';
import { type DeclaredFact, inOrder } from '#lib/domain/verdict/declared-facts.ts';
import { isOf } from '#lib/domain/verdict/identity-book.ts';
import { judgeType } from '#lib/domain/verdict/judge-type.ts';
import { patchOf } from '#lib/domain/verdict/question.ts';
import { answerOf } from '#lib/domain/verdict/reason-order.ts';
import type { Evidence, PatchVerdict, Reason } from '#lib/domain/verdict/types.ts';

/**
 * May this code go? `blocked` when something would break, `unknown` when something is missing, else `safe`; the rules and their
 * grounds are in docs/verdict.md. Pure: the same evidence, the same verdict.
 */
export function judgePatch(evidence: Evidence): PatchVerdict {
  const everyRun = evidence.types.flatMap(({ runs, witnesses }) => [...runs, ...witnesses]);
  const patch = patchOf(evidence.question, evidence.patchId);
  const declared = inOrder(evidence.facts);
  const contradictions = findContradictions(declared, everyRun, patch);
  const voided = new Set(contradictions.map(({ fact }) => fact));
  const facts = declared.filter((fact) => !voided.has(fact));
  const used = new Set<DeclaredFact>();
  const frame = { facts, everyRun, onUsed: (fact: DeclaredFact) => used.add(fact) };
  const byType = evidence.types.map((type) => judgeType(type, evidence, frame));

  const reasons = sumReasons([
    ...byType.flatMap((verdict) => verdict.reasons),
    ...wholeReasons(evidence, facts, voided),
  ]);
  for (const fact of declaredScope(evidence, facts)) used.add(fact);
  return {
    answer: answerOf(reasons),
    reasons,
    notes: sumNotes(byType.flatMap((verdict) => verdict.notes)),
    classes: sumClasses(byType.map((verdict) => verdict.classes)),
    wait: sumWaits(byType.map((verdict) => verdict.wait)),
    runsConsidered: byType.reduce((sum, verdict) => sum + verdict.runsConsidered, 0),
    historiesRead: byType.reduce((sum, verdict) => sum + verdict.historiesRead, 0),
    assumptions: facts.filter((fact) => used.has(fact)),
    contradictions,
    byType,
  };
}

/** What is missing for the question as a whole. */
function wholeReasons(
  { types, otherTypes, areTypesKnown, question, patchId }: Evidence,
  facts: readonly DeclaredFact[],
  voided: ReadonlySet<DeclaredFact>,
): readonly Reason[] {
  const patch = patchOf(question, patchId);
  const isList = ({ claim }: DeclaredFact) => claim.kind === 'types' && isOf(claim.patch, patch);
  // One named type needs no list. Of several, a list that was wrong about one may be wrong about others.
  const isListWrong = types.length > 1 && [...voided].some(isList);
  const none = { count: null, examples: [], workers: [], workflowTypes: [] };
  const reasons: Reason[] = [];
  if (types.length === 0) reasons.push({ ...none, code: 'never-seen' });
  if ((!areTypesKnown || isListWrong) && !facts.some(isList)) {
    const count = otherTypes.length === 0 ? null : otherTypes.length;
    reasons.push({ ...none, code: 'types-not-declared', count, workflowTypes: otherTypes });
  }
  return reasons;
}

/** The lists of types and queues decided where evidence was looked for, so every answer rests on them. */
function declaredScope(
  { types, question, patchId }: Evidence,
  facts: readonly DeclaredFact[],
): readonly DeclaredFact[] {
  const patch = patchOf(question, patchId);
  return facts.filter(({ claim }) => {
    if (claim.kind === 'types') return isOf(claim.patch, patch);
    return claim.kind === 'queues' && types.some(({ workflowType }) => workflowType === claim.workflowType);
  });
}
