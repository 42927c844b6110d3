import { examplesOf, type Finding } from '#lib/domain/verdict/examples.ts';
import { REASON_ORDER } from '#lib/domain/verdict/reason-order.ts';
import { type Scope, scopeOf } from '#lib/domain/verdict/scope.ts';
import { type SortedRuns, sortRuns } from '#lib/domain/verdict/sort-runs.ts';
import type { Evidence, PatchVerdict, Reason, ReasonCode, Wait } from '#lib/domain/verdict/types.ts';

/**
 * The first form of the verdict: `blocked` where an open run proves it, else `unknown`. Rules about workers that poll, holders,
 * declared facts and closed runs are not built; `rule-not-built` stands in every answer for them.
 */
export function judgePatch(evidence: Evidence): PatchVerdict {
  const scope = scopeOf(evidence);
  const sorted = sortRuns(scope, evidence);
  const isBlocked = sorted.blocking.length > 0;
  return {
    answer: isBlocked ? 'blocked' : 'unknown',
    reasons: reasonsOf(evidence, scope, sorted),
    classes: sorted.classes,
    wait: isBlocked ? waitFor(sorted.blocking) : null,
    runsConsidered: sorted.runsConsidered,
    historiesRead: sorted.historiesRead,
  };
}

function reasonsOf(evidence: Evidence, scope: Scope, sorted: SortedRuns): readonly Reason[] {
  const always = new Set<ReasonCode>(['rule-not-built']);
  if (!scope.isSeen) always.add('never-seen');
  if (!evidence.isListComplete) always.add('list-incomplete');
  if (evidence.workflowType === null) always.add('types-not-declared');
  return REASON_ORDER.flatMap((code): readonly Reason[] => {
    const findings = sorted.findings.get(code);
    if (findings !== undefined) return [{ code, count: findings.length, examples: examplesOf(findings) }];
    return always.has(code) ? [{ code, count: null, examples: [] }] : [];
  });
}

function waitFor(blocking: readonly Finding[]): Wait {
  let latestEndMs: number | null = null;
  let endlessRuns = 0;
  for (const { run } of blocking) {
    const endsByMs = run.facts?.endsByMs ?? null;
    if (endsByMs === null) endlessRuns += 1;
    else latestEndMs = Math.max(latestEndMs ?? endsByMs, endsByMs);
  }
  return { latestEndMs, endlessRuns };
}
