import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import type { TaskFact } from '#lib/domain/census/types.ts';
import type { PatchMarker, PatchRef } from '#lib/domain/patches/types.ts';
import type { IdentityName } from '#lib/domain/verdict/declared-facts.ts';
import { identityKey, identityOfTask, isSameIdentity } from '#lib/domain/verdict/identity.ts';

/** What one identity did in the runs that were read, as seen for one patch and one workflow type. */
export interface IdentityRecord {
  readonly identity: IdentityName;
  /** Runs of the type in which it recorded the patch with deprecated:false, with deprecated:true. */
  live: number;
  deprecated: number;
  /** Versions of the patch that it recorded in runs of the type. */
  readonly versions: Set<number>;
  /** It completed a task in a run of the type after another identity's deprecated:false marker: without the call that fails. */
  hasPassedLive: boolean;
  /** Its first and last task in a run of the type, epoch ms. */
  firstTaskMs: number | null;
  lastTaskMs: number | null;
  /** When it first showed that it has the call. */
  firstProofMs: number | null;
  readonly sdkVersions: Set<string>;
  /** It recorded both flags or two versions of one patch, in whatever type: its build ID names more than one code. */
  hasWrittenBoth: boolean;
}

export type IdentityBook = ReadonlyMap<string, IdentityRecord>;

interface Subject {
  readonly patch: PatchRef;
  readonly workflowType: string;
}

/** Reads the runs of all types once; what counts for the patch counts in runs of the one type only. */
export function openIdentityBook(runs: Iterable<CensusRun>, { patch, workflowType }: Subject): IdentityBook {
  const book = new Map<string, IdentityRecord>();
  /** identity → patch → what it wrote of it. */
  const written = new Map<string, Map<string, string>>();
  for (const { summary, facts } of runs) {
    if (facts === null) continue;
    const isOfType = summary.workflowType === workflowType;
    if (isOfType) for (const task of facts.tasks) observeTask(book, task);
    if (facts.markers.length === 0) continue;
    const writers = new Map<number, TaskFact>();
    for (const task of facts.tasks) if (task.completedEventId !== null) writers.set(task.completedEventId, task);
    for (const marker of facts.markers) {
      const task = writers.get(marker.workflowTaskCompletedEventId);
      const identity = task === undefined ? null : identityOfTask(task);
      if (task === undefined || identity === null) continue;
      const record = recordOf(book, identity);
      observeContradiction(written, record, marker);
      if (isOfType && isOf(marker, patch)) observeMarker(record, marker, task);
    }
    if (isOfType)
      observePassing(
        book,
        facts.tasks,
        facts.markers.filter((marker) => isOf(marker, patch)),
      );
  }
  return book;
}

function recordOf(book: Map<string, IdentityRecord>, identity: IdentityName): IdentityRecord {
  const key = identityKey(identity);
  const known = book.get(key);
  if (known !== undefined) return known;
  const made = newRecord(identity);
  book.set(key, made);
  return made;
}

/** Of an identity that did nothing yet. */
export function newRecord(identity: IdentityName): IdentityRecord {
  return {
    identity,
    live: 0,
    deprecated: 0,
    versions: new Set(),
    hasPassedLive: false,
    firstTaskMs: null,
    lastTaskMs: null,
    firstProofMs: null,
    sdkVersions: new Set(),
    hasWrittenBoth: false,
  };
}

function observeTask(book: Map<string, IdentityRecord>, task: TaskFact): void {
  const identity = identityOfTask(task);
  if (identity === null) return;
  const record = recordOf(book, identity);
  record.firstTaskMs = Math.min(record.firstTaskMs ?? task.timeMs, task.timeMs);
  record.lastTaskMs = Math.max(record.lastTaskMs ?? task.timeMs, task.timeMs);
  // Before its first completed task a run does not say which SDK version it has.
  if (task.completedEventId !== null && task.sdkVersion !== null) record.sdkVersions.add(task.sdkVersion);
}

function observeContradiction(
  written: Map<string, Map<string, string>>,
  record: IdentityRecord,
  { kind, id, deprecated, version }: PatchMarker,
): void {
  const key = identityKey(record.identity);
  const own = written.get(key) ?? new Map<string, string>();
  written.set(key, own);
  const patch = `${kind}:${id}`;
  const what = String(kind === 'core' ? deprecated : version);
  const before = own.get(patch);
  if (before === undefined) own.set(patch, what);
  else if (before !== what) record.hasWrittenBoth = true;
}

function observeMarker(record: IdentityRecord, marker: PatchMarker, task: TaskFact): void {
  if (marker.kind === 'version') {
    if (marker.version !== null) record.versions.add(marker.version);
  } else if (marker.deprecated === true) {
    record.deprecated += 1;
  } else {
    record.live += 1;
  }
  record.firstProofMs = Math.min(record.firstProofMs ?? task.timeMs, task.timeMs);
}

/** Core alone: GetVersion's markers are skipped by code that lost the call, so completing a task after one shows nothing. */
function observePassing(
  book: Map<string, IdentityRecord>,
  tasks: readonly TaskFact[],
  markers: readonly PatchMarker[],
): void {
  const live = markers.find((marker) => marker.kind === 'core' && marker.deprecated === false);
  if (live === undefined) return;
  const writer = tasks.find((task) => task.completedEventId === live.workflowTaskCompletedEventId);
  const writerIdentity = writer === undefined ? null : identityOfTask(writer);
  if (writerIdentity === null) return;
  for (const task of tasks) {
    if (task.completedEventId === null || task.completedEventId <= live.workflowTaskCompletedEventId) continue;
    const identity = identityOfTask(task);
    if (identity === null || isSameIdentity(identity, writerIdentity)) continue;
    const record = recordOf(book, identity);
    record.hasPassedLive = true;
    record.firstProofMs = Math.min(record.firstProofMs ?? task.timeMs, task.timeMs);
  }
}

export function isOf(marker: PatchRef, patch: PatchRef): boolean {
  return marker.kind === patch.kind && marker.id === patch.id;
}

/** It recorded the patch, or worked on where only the call lets one. */
export function isCaller({ live, deprecated, versions, hasPassedLive }: IdentityRecord): boolean {
  return live + deprecated + versions.size > 0 || hasPassedLive;
}
