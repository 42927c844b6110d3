import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import { callbackOf } from '#lib/domain/verdict/callback.ts';
import { type Callback, classifyRun, type ClassifyFrame, markersOf } from '#lib/domain/verdict/classify-run.ts';
import { factsOfKind, type DeclaredFact } from '#lib/domain/verdict/declared-facts.ts';
import { isTargetToCome } from '#lib/domain/verdict/fence.ts';
import { examplesOf, type Finding } from '#lib/domain/verdict/examples.ts';
import { createHolders } from '#lib/domain/verdict/holders.ts';
import { openIdentityBook } from '#lib/domain/verdict/identity-book.ts';
import { identityRows } from '#lib/domain/verdict/identity-rows.ts';
import { isApart, judgeWorkers, NOW_MS } from '#lib/domain/verdict/judge-workers.ts';
import { mayOverflowSoon } from '#lib/domain/verdict/label-full.ts';
import { notesOf } from '#lib/domain/verdict/notes.ts';
import { isLabelOf, type PatchQuestion, patchOf } from '#lib/domain/verdict/question.ts';
import { withoutCoveredTask } from '#lib/domain/verdict/started-task.ts';
import { answerOf, isBlockingCode, REASON_ORDER } from '#lib/domain/verdict/reason-order.ts';
import { NO_CLASSES } from '#lib/domain/verdict/run-classes.ts';
import type {
  BlockingCode,
  Evidence,
  Reason,
  ReasonCode,
  RunClass,
  TypeEvidence,
  TypeVerdict,
  Wait,
  WorkerExample,
} from '#lib/domain/verdict/types.ts';

export interface TypeFrame {
  /** Facts that nothing contradicts. */
  readonly facts: readonly DeclaredFact[];
  /** Every run that was read, of all types, closed ones too: what identities wrote anywhere counts. */
  readonly everyRun: readonly CensusRun[];
  readonly onUsed: (fact: DeclaredFact) => void;
}

/** One workflow type: its runs, those who may work on them, and what is missing. */
export function judgeType(type: TypeEvidence, evidence: Evidence, frame: TypeFrame): TypeVerdict {
  const { question, patchId, target } = evidence;
  const { workflowType, knownPatchIds } = type;
  const { facts, onUsed } = frame;
  const patch = patchOf(question, patchId);
  const book = openIdentityBook(frame.everyRun, { patch, workflowType });
  const workers = type.workers.filter((worker) => !isTargetToCome(worker, target));
  const holdersFor = (noteUse: TypeFrame['onUsed']) =>
    createHolders({ patch, workflowType, book, facts, workers, target, onUsed: noteUse });
  const holders = holdersFor(onUsed);
  const callback = callbackOf(facts, onUsed);
  const proofOf = proofFinder(facts, question, patchId);
  const classify = { question, patchId, holders, callback, target, knownPatchIds, proofOf, onUsed };

  const runs = type.runs
    .filter((run) => evidence.policy === 'retention' || isOpen(run))
    .map((run) => withoutCoveredTask(run, type.workersFromMs));
  const sorted = sortRuns(runs, classify, evidence);
  const judged = judgeWorkers(type.workers, { question, holders, target });
  const always = missingOf(type, evidence, callback);
  const found = REASON_ORDER.flatMap((code): readonly Reason[] =>
    reasonOf(code, sorted.findings.get(code), judged.get(code), always, workflowType),
  );
  // Of a patch that nobody ever saw nothing can be in the way: a typing error is as likely.
  const isSeen = !always.has('never-seen');
  const reasons = isSeen ? found : found.filter(({ code }) => !isBlockingCode(code));
  return {
    workflowType,
    answer: answerOf(reasons),
    reasons,
    notes: notesOf(type, runs, { question, patchId, book, holders: holdersFor(() => undefined) }),
    classes: sorted.classes,
    wait: isSeen && sorted.blocking.length > 0 ? waitFor(sorted.blocking) : null,
    runsConsidered: runs.length,
    historiesRead: runs.filter((run) => run.facts !== null).length,
    identities: identityRows(book, holders, type.workers),
  };
}

/** A run may have closed between the list and the reading of its history. */
function isOpen(run: CensusRun): boolean {
  return run.summary.closeTimeMs === null && run.facts?.isClosed !== true;
}

function reasonOf(
  code: ReasonCode,
  findings: readonly Finding[] = [],
  workers: readonly WorkerExample[] = [],
  always: ReadonlySet<ReasonCode>,
  workflowType: string,
): readonly Reason[] {
  const count = findings.length + workers.length;
  if (count === 0 && !always.has(code)) return [];
  const counted = count === 0 ? null : count;
  return [{ code, count: counted, examples: examplesOf(findings), workers, workflowTypes: [workflowType] }];
}

interface SortedRuns {
  readonly classes: Record<RunClass, number>;
  readonly findings: ReadonlyMap<ReasonCode, readonly Finding[]>;
  readonly blocking: readonly Finding[];
}

function sortRuns(runs: readonly CensusRun[], frame: ClassifyFrame, evidence: Evidence): SortedRuns {
  const classes = { ...NO_CLASSES };
  const findings = new Map<ReasonCode, Finding[]>();
  const blocking: Finding[] = [];
  for (const run of runs) {
    const finding = { run, found: classifyRun(run, frame) };
    classes[finding.found.class] += 1;
    const code = reasonFor(finding, evidence);
    if (code === null) continue;
    const same = findings.get(code);
    if (same === undefined) findings.set(code, [finding]);
    else same.push(finding);
    if (isBlockingCode(code)) blocking.push(finding);
  }
  return { classes, findings, blocking };
}

/** null: a run of this class does not stand in the way. */
function reasonFor({ run, found }: Finding, evidence: Evidence): ReasonCode | null {
  switch (found.class) {
    case 'unknown':
      if (found.missing !== null) return found.missing;
      if (run.facts !== null) return 'marker-unreadable';
      return evidence.unreadableRunIds.has(run.summary.runId) ? 'history-unreadable' : evidence.unreadCode;
    case 'may-hold-old-branch':
    case 'label-full':
      return found.class;
    case 'marker-live':
      return evidence.question.name === 'remove' ? 'marker-live' : null;
    case 'version-refused':
      return refusedCode(evidence.question);
    case 'fenced':
    case 'no-task-yet':
    case 'survived':
    case 'marker-deprecated':
    case 'version-kept':
    case 'not-reached':
    case 'proven':
      return null;
  }
}

function refusedCode(question: PatchQuestion): BlockingCode {
  return question.name === 'raise-min' ? 'version-below-min' : 'version-differs';
}

/** What is missing or hinders whatever the single runs are. */
function missingOf(type: TypeEvidence, evidence: Evidence, callback: Callback): ReadonlySet<ReasonCode> {
  const codes = new Set<ReasonCode>();
  if (!isSeen(type, evidence)) codes.add('never-seen');
  if (!type.isListComplete) codes.add('list-incomplete');
  if (!type.areQueuesKnown) codes.add('queues-not-known');
  if (type.workers.every((worker) => worker.isRouted)) codes.add('no-poller');
  if (!type.areWorkersWatched) codes.add('workers-not-watched');
  // Any new run may decline the new branch or record a lower version, so the old one is never out of use.
  if (evidence.question.name !== 'remove' && !callback.isOutOfUseSince(NOW_MS)) {
    codes.add(callback.isDeclared ? 'callback-in-use' : 'callback-not-declared');
  }
  const { question, patchId, target } = evidence;
  const isAtWork = type.workers.some((worker) => !isApart(worker, target));
  if (question.name === 'remove' && isAtWork && mayOverflowSoon(type.runs, patchId, type.knownPatchIds)) {
    codes.add('label-full');
  }
  return codes;
}

/** By a marker, a label of exactly this spelling, or memory; a declared list of types counts as memory. */
function isSeen({ runs, witnesses, isRemembered }: TypeEvidence, { question, patchId }: Evidence): boolean {
  if (isRemembered) return true;
  return [...runs, ...witnesses].some(
    ({ summary, facts }) =>
      summary.labels.some((label) => isLabelOf(label, question, patchId)) ||
      (facts !== null && markersOf(facts, { question, patchId }).length > 0),
  );
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

function proofFinder(
  facts: readonly DeclaredFact[],
  question: PatchQuestion,
  patchId: string,
): ClassifyFrame['proofOf'] {
  const patch = patchOf(question, patchId);
  const proofs = factsOfKind(facts, 'replay-proof').filter(
    ({ claim }) =>
      claim.patch.kind === patch.kind && claim.patch.id === patchId && isSameQuestion(claim.question, question),
  );
  const byRun = Map.groupBy(proofs, ({ claim }) => claim.runId);
  return ({ summary }) => {
    const [furthest] = (byRun.get(summary.runId) ?? []).toSorted((a, b) => b.claim.eventId - a.claim.eventId);
    return furthest === undefined ? null : { eventId: furthest.claim.eventId, fact: furthest };
  };
}

function isSameQuestion(left: PatchQuestion, right: PatchQuestion): boolean {
  const versionOf = (question: PatchQuestion) => ('version' in question ? question.version : null);
  return left.name === right.name && versionOf(left) === versionOf(right);
}
