import { askedQuestion } from '#lib/api/verdict/asked-question.ts';
import type { Check, Reason } from '#lib/api/verdict/schemas.ts';
import type { FactClaim } from '#lib/domain/verdict/declared-facts.ts';
import { remediesFor } from '#lib/domain/verdict/remedies.ts';
import { declareCommand } from '#lib/format/declare-words.ts';

/** Commands beside one reason: more would hide the reason itself. */
const LINES_MAX = 4;

/** The commands that would settle a reason; what only a reader knows stands in capitals. */
export function remedyLines(
  reason: Reason,
  { check, namespace }: { readonly check: Check; readonly namespace: string },
): readonly string[] {
  const knownTypes = check.byNamespace.flatMap((part) => part.byType.map((type) => type.workflowType));
  const remedies = remediesFor(reason, askedQuestion(check), check.patch.id, [...new Set(knownTypes)]);
  return remedies
    .flatMap((remedy) => (remedy.kind === 'declare' ? [declareLine(namespace, remedy.claim)] : []))
    .slice(0, LINES_MAX);
}

function declareLine(namespace: string, claim: FactClaim): string {
  const command = declareCommand(namespace, claim);
  const isTimeless = 'sinceMs' in claim && !Number.isFinite(claim.sinceMs);
  if (isTimeless) return `${command} --since TIME`;
  if (claim.kind === 'queues' && claim.taskQueues.length === 0) return `${command} --queue QUEUE`;
  if (claim.kind === 'types' && claim.workflowTypes.length === 0) return `${command} --workflow-type TYPE`;
  return command;
}
