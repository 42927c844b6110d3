import type { Reason, Verdict } from '#lib/api/verdict/schemas.ts';
import type { PatchQuestion } from '#lib/domain/verdict/question.ts';
import { isBlockingCode } from '#lib/domain/verdict/reason-order.ts';
import { remediesFor, type Remedy } from '#lib/domain/verdict/remedies.ts';

export interface ReasonChange {
  readonly code: string;
  readonly remedies: readonly Remedy[];
}

/**
 * What to do about each reason. `first` are those that decide the answer: what blocks, or, where nothing does, everything that is
 * missing; `later` what would still be missing after that.
 */
export function changesFor(
  verdict: Verdict,
  question: PatchQuestion,
  patchId: string,
): { readonly first: readonly ReasonChange[]; readonly later: readonly ReasonChange[] } {
  const types = verdict.byType.map(({ workflowType }) => workflowType);
  const seen = new Set<string>();
  const changeOf = (reason: Reason): ReasonChange => {
    const remedies = remediesFor(withSuspects(reason, verdict), question, patchId, types).filter((remedy) => {
      // The same declaration may help against several reasons: it is offered once, where it helps first.
      const key = JSON.stringify(remedy);
      const isNew = remedy.kind !== 'declare' || !seen.has(key);
      seen.add(key);
      return isNew;
    });
    return { code: reason.code, remedies };
  };
  const changes = verdict.reasons.map(changeOf);
  if (verdict.answer !== 'blocked') return { first: changes, later: [] };
  return {
    first: changes.filter(({ code }) => isBlockingCode(code)),
    later: changes.filter(({ code }) => !isBlockingCode(code)),
  };
}

/** A suspect build that worked on runs and polls no more stands in no list of workers. */
function withSuspects(reason: Reason, { byType }: Verdict): Reason {
  if (reason.code !== 'identity-suspect') return reason;
  const suspects = byType
    .flatMap(({ identities }) => identities)
    .flatMap(({ identity, isSuspect }) =>
      isSuspect && identity !== null
        ? [{ identity, taskQueue: identity.taskQueue ?? '', pollers: [], lastPoll: null }]
        : [],
    );
  return { ...reason, workers: [...reason.workers, ...suspects] };
}
