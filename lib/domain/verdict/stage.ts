import type { PatchKind } from '#lib/domain/patches/types.ts';
import type { QuestionName } from '#lib/domain/verdict/question.ts';
import type { ReasonCode, VerdictAnswer } from '#lib/domain/verdict/types.ts';

/** Where a patch stands, for display. `ready-…` and `gone` need an asked answer that still holds; `not-carried` does not. */
export type Stage =
  | 'introduced'
  | 'ready-to-deprecate'
  | 'deprecating'
  | 'ready-to-remove'
  | 'gone'
  | 'not-carried'
  | 'unknown';

/** Open runs of the patch's types by what their histories hold of it. */
export interface CarriedCounts {
  readonly live: number;
  readonly deprecated: number;
  readonly versions: readonly { readonly openRuns: number }[];
  /** A marker could not be decoded: it may be this patch. */
  readonly unreadable: number;
  readonly notRead: number;
}

/** What one identity wrote of the patch in runs of one type (`IdentityRow`, the wire's or the domain's). */
export interface WriterRow {
  readonly live: number;
  readonly deprecated: number;
  readonly versions: readonly number[];
  readonly isPolling: boolean;
}

/** An asked answer about all types of the patch that is neither expired nor withdrawn (`Verdict`, the wire's, fits). */
export interface AskedForStage {
  readonly question: QuestionName;
  readonly answer: VerdictAnswer;
  readonly isStoppedAtBlocker: boolean;
  readonly reasons: readonly { readonly code: string }[];
  /** `identities`: the newest first. */
  readonly byType: readonly { readonly identities: readonly WriterRow[] }[];
}

export interface StageInput {
  readonly kind: PatchKind;
  readonly counts: CarriedCounts;
  /** False: the list of open runs is not whole, so what it lacks may carry the patch. */
  readonly isListComplete: boolean;
  /** An open run, a closed one or memory knows the patch. */
  readonly isSeen: boolean;
  readonly asked: readonly AskedForStage[];
}

/** A safe answer shows that whoever polls has the call, so the patch is not gone, whether or not a run carries it. */
export function stageOf({ kind, counts, isListComplete, isSeen, asked }: StageInput): Stage {
  const isSafe = (question: QuestionName) => asked.some((each) => each.question === question && each.answer === 'safe');
  if (kind === 'core') {
    if (isSafe('remove')) return 'ready-to-remove';
    if (counts.deprecated > 0) return 'deprecating';
    if (counts.live > 0 && asked.some(doesNewestDeprecate)) return 'deprecating';
    if (isSafe('deprecate')) return 'ready-to-deprecate';
  }
  if (carriersOf(counts) > 0) return 'introduced';
  if (!isListComplete || counts.notRead + counts.unreadable > 0) return 'unknown';
  return isSeen && isUsedByNobody(asked) ? 'gone' : 'not-carried';
}

export function carriersOf({ live, deprecated, versions }: CarriedCounts): number {
  return live + deprecated + versions.reduce((sum, { openRuns }) => sum + openRuns, 0);
}

/** With these an answer does not show who polls, or not what they write. */
const WORKERS_NOT_KNOWN: readonly string[] = [
  'workers-not-watched',
  'queues-not-known',
  'list-incomplete',
  'evidence-budget',
] satisfies ReasonCode[];

/** Each says that a worker that polls has the call, by its record or by what is declared. */
const WORKER_HAS_CALL: readonly string[] = ['worker-writes-live', 'worker-writes-other-version'] satisfies ReasonCode[];

function isUsedByNobody(asked: readonly AskedForStage[]): boolean {
  const hasReason = ({ reasons }: AskedForStage, codes: readonly string[]) =>
    reasons.some(({ code }) => codes.includes(code));
  const known = asked.filter((each) => !each.isStoppedAtBlocker && !hasReason(each, WORKERS_NOT_KNOWN));
  const isUsed = asked.some(
    (each) =>
      each.answer === 'safe' ||
      hasReason(each, WORKER_HAS_CALL) ||
      each.byType.some(({ identities }) => identities.some((row) => row.isPolling && hasWritten(row))),
  );
  return known.length > 0 && !isUsed;
}

/** The newest code that recorded the patch, in any type, writes only deprecated:true: the old branch is on its way out. */
function doesNewestDeprecate({ byType }: AskedForStage): boolean {
  return byType.some(({ identities }) => {
    const newest = identities.find(hasWritten);
    return newest !== undefined && newest.deprecated > 0 && newest.live === 0;
  });
}

function hasWritten({ live, deprecated, versions }: WriterRow): boolean {
  return live + deprecated + versions.length > 0;
}
