import { replayRuns, type Replayed } from '#e2e/harness/replay.ts';
import type { StoryPatchboard } from '#e2e/stories/patchboard.ts';
import type { StoryPoint } from '#e2e/stories/point.ts';
import type { StoryRig } from '#e2e/stories/rig.ts';
import type { Verdict } from '#lib/api/verdict/schemas.ts';

/** One point of a story: what Patchboard answered, what the SDK's replayer said, and where the two do not fit. */
export interface PointProof {
  readonly point: StoryPoint;
  readonly verdict: Verdict;
  readonly replayed: readonly Replayed[];
  /** Runs that a blocking reason names. */
  readonly named: readonly string[];
  /** Empty: the point is proven. */
  readonly problems: readonly string[];
}

/** Reasons that name runs which the changed code cannot replay: `may-hold-old-branch` alone says that it may. */
const CERTAIN_CODES = ['marker-live', 'label-full', 'version-below-min', 'version-differs'];
const RUN_CODES = [...CERTAIN_CODES, 'may-hold-old-branch'];

/** Asks Patchboard, then replays every open run of the type with the changed code. */
export async function provePoint(rig: StoryRig, patchboard: StoryPatchboard, point: StoryPoint): Promise<PointProof> {
  const runs = await rig.openRuns(point.workflowType);
  const verdict = await patchboard.ask(point);
  const replayed = await replayRuns(rig.sdk, point.changed, runs);
  return judgeProof(point, verdict, replayed);
}

export function judgeProof(point: StoryPoint, verdict: Verdict, replayed: readonly Replayed[]): PointProof {
  const { answer, reasons } = verdict;
  const failed = failedIn(replayed);
  const named = namedBy(verdict, RUN_CODES);
  const passing = namedBy(verdict, CERTAIN_CODES).filter((workflowId) => !failed.includes(workflowId));
  const problems: string[] = [];
  if (answer === 'safe' && failed.length > 0) problems.push(`FALSE SAFE: ${list(failed)} cannot be replayed`);
  if (passing.length > 0) problems.push(`blocked by ${list(passing)}, which can be replayed`);
  if (point.expected !== null) {
    const told = reasons.map(({ code, count }) => `${code} (${count ?? '-'})`);
    if (answer !== point.expected) problems.push(`answered ${answer}, not ${point.expected}: ${list(told)}`);
    if (answer === 'blocked' && named.length > 0 && !named.some((workflowId) => failed.includes(workflowId))) {
      problems.push(`none of the named runs fails: ${list(named)}`);
    }
    if (point.expected === 'blocked' && failed.length > 0 && named.length === 0) {
      problems.push(`blocked, but not by one of ${list(failed)}`);
    }
  }
  if (point.breaks !== null && !isSame(failed, point.breaks)) {
    problems.push(`the replayer failed for ${list(failed)}, the story says ${list(point.breaks)}`);
  }
  return { point, verdict, replayed, named, problems };
}

export function failedIn(replayed: readonly Replayed[]): readonly string[] {
  return replayed.filter(({ error }) => error !== null).map(({ workflowId }) => workflowId);
}

function namedBy({ reasons }: Verdict, codes: readonly string[]): readonly string[] {
  return reasons
    .filter(({ code }) => codes.includes(code))
    .flatMap(({ examples }) => examples.map(({ workflowId }) => workflowId));
}

function isSame(left: readonly string[], right: readonly string[]): boolean {
  return left.toSorted().join() === right.toSorted().join();
}

function list(texts: readonly string[]): string {
  return texts.length === 0 ? 'none' : texts.join(', ');
}

/** One line for the figures: answer, runs, and how many of the named fail. */
export function figuresOf({ point, verdict, replayed, named, problems }: PointProof): string {
  const failed = failedIn(replayed);
  const hits = named.filter((workflowId) => failed.includes(workflowId)).length;
  const replays = `${replayed.length} replayed, ${failed.length} failed`;
  const names = named.length === 0 ? '' : `; ${named.length} named, ${hits} of them fail`;
  const whole = `${verdict.answer.padEnd(7)} ${point.name}: ${replays}${names}`;
  return [whole, ...problems.map((problem) => `  NOT PROVEN: ${problem}`)].join('\n');
}
