import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import { type ClassifiedRun, classifyRun, markersOf } from '#lib/domain/verdict/classify-run.ts';
import { compareRuns, type Finding } from '#lib/domain/verdict/examples.ts';
import type { PatchQuestion } from '#lib/domain/verdict/question.ts';
import { isLabelled, type Scope } from '#lib/domain/verdict/scope.ts';
import type { BlockingCode, Evidence, ReasonCode, RunClass, UnknownCode } from '#lib/domain/verdict/types.ts';

/** Every run of the scope in its class, and under each reason that it gives. */
export interface SortedRuns {
  readonly classes: Readonly<Record<RunClass, number>>;
  readonly findings: ReadonlyMap<ReasonCode, readonly Finding[]>;
  readonly blocking: readonly Finding[];
  readonly runsConsidered: number;
  readonly historiesRead: number;
}

export function sortRuns(scope: Scope, evidence: Evidence): SortedRuns {
  const classes = noRuns();
  const findings = new Map<ReasonCode, Finding[]>();
  const blocking: Finding[] = [];
  const otherTypes = new Map<string, Finding>();
  let runsConsidered = 0;
  let historiesRead = 0;

  for (const run of scope.runs) {
    if (run.facts !== null) historiesRead += 1;
    const finding = { run, found: classifyInScope(run, scope, evidence) };
    if (isLabelOnly(finding, evidence)) push(findings, 'label-only', finding);
    if (isOfOtherType(run, scope, evidence)) {
      keepOldest(otherTypes, run.summary.workflowType, finding);
      continue;
    }
    const runClass = finding.found.class;
    runsConsidered += 1;
    classes[runClass] += 1;
    const hindrance = blockingCode(runClass, evidence.question);
    if (hindrance !== null) blocking.push(finding);
    const code = hindrance ?? unknownCode(finding, evidence);
    if (code !== null) push(findings, code, finding);
  }
  if (otherTypes.size > 0) findings.set('types-not-declared', [...otherTypes.values()]);
  return { classes, findings, blocking, runsConsidered, historiesRead };
}

/** A run of a type that is not known to use the patch proves nothing by lacking its marker. */
function classifyInScope(run: CensusRun, scope: Scope, evidence: Evidence): ClassifiedRun {
  if (isOfOtherType(run, scope, evidence)) return notJudged;
  const found = classifyRun(run.facts, evidence.question, evidence.patchId, evidence.trust);
  if (found.class !== 'may-hold-old-branch' || scope.typesThatUse.has(run.summary.workflowType)) return found;
  return notJudged;
}

const notJudged: ClassifiedRun = { class: 'not-judged', task: null };

/** Asked for all types: a readable run of a type that is not known to use the patch is named, not judged. */
function isOfOtherType({ summary, facts }: CensusRun, scope: Scope, evidence: Evidence): boolean {
  if (evidence.workflowType !== null || facts === null || facts.unreadable.length > 0) return false;
  return !scope.typesThatUse.has(summary.workflowType);
}

/** Labelled with the patch, but its readable history holds no marker of it. */
function isLabelOnly({ run, found }: Finding, { question, patchId }: Evidence): boolean {
  if (run.facts === null || found.class === 'unknown') return false;
  return isLabelled(run, question, patchId) && markersOf(run.facts, question, patchId).length === 0;
}

function blockingCode(runClass: RunClass, question: PatchQuestion): BlockingCode | null {
  switch (question.name) {
    case 'deprecate':
      return runClass === 'may-hold-old-branch' ? runClass : null;
    case 'remove':
      return runClass === 'marker-live' ? runClass : null;
    case 'raise-min':
      return runClass === 'version-refused' ? 'version-below-min' : null;
    case 'drop-call':
      return runClass === 'version-refused' ? 'version-differs' : null;
  }
}

function unknownCode({ run, found }: Finding, evidence: Evidence): UnknownCode | null {
  if (found.class === 'not-judged') return 'rule-not-built';
  if (found.class !== 'unknown') return null;
  if (run.facts !== null) return 'marker-unreadable';
  return evidence.unreadableRunIds.has(run.summary.runId) ? 'history-unreadable' : evidence.unreadCode;
}

function push(findings: Map<ReasonCode, Finding[]>, code: ReasonCode, finding: Finding): void {
  const known = findings.get(code);
  if (known === undefined) findings.set(code, [finding]);
  else known.push(finding);
}

function keepOldest(oldest: Map<string, Finding>, workflowType: string, finding: Finding): void {
  const known = oldest.get(workflowType);
  if (known === undefined || compareRuns(finding.run, known.run) < 0) oldest.set(workflowType, finding);
}

function noRuns(): Record<RunClass, number> {
  return {
    unknown: 0,
    'no-task-yet': 0,
    'marker-live': 0,
    'marker-deprecated': 0,
    'version-refused': 0,
    'version-kept': 0,
    'may-hold-old-branch': 0,
    'not-judged': 0,
  };
}
