import { compareText } from '#lib/domain/census/compare-text.ts';
import type { MarkedCount, PatchIndex, TypeCount } from '#lib/domain/census/patch-index.ts';
import { patchesOfLabel, patchKey } from '#lib/domain/census/patch-labels.ts';
import type { PatchRef } from '#lib/domain/patches/types.ts';

/** Open runs by what their histories say of one patch: the parts add up to `openRuns`. */
export interface PatchCountsTally {
  readonly openRuns: number;
  readonly live: number;
  readonly deprecated: number;
  /** Ordered by version. */
  readonly versions: readonly { readonly version: number; readonly openRuns: number }[];
  readonly withoutMarker: number;
  /** A marker of the run could not be decoded: it may be this patch. */
  readonly unreadable: number;
  readonly notRead: number;
  /** Epoch ms; null: no open run. */
  readonly oldestOpenStartMs: number | null;
}

export interface PatchTally extends PatchRef {
  readonly totals: PatchCountsTally;
  /** Types in which an open run carries the marker or the label, and remembered ones; ordered by name. */
  readonly byType: readonly { readonly workflowType: string; readonly counts: PatchCountsTally }[];
}

export type RememberedPatch = PatchRef & { readonly workflowTypes: readonly string[] };

/** Every patch of the picture and of memory, ordered by id, then kind. */
export function tallyPatches(index: PatchIndex, remembered: readonly RememberedPatch[]): readonly PatchTally[] {
  const found = new Map<string, { ref: PatchRef; types: Set<string> }>();
  const add = ({ kind, id }: PatchRef, types: Iterable<string>) => {
    const key = patchKey({ kind, id });
    const entry = found.get(key) ?? { ref: { kind, id }, types: new Set() };
    found.set(key, entry);
    for (const type of types) entry.types.add(type);
  };
  for (const patch of remembered) add(patch, patch.workflowTypes);
  for (const { ref, byType } of index.patches.values()) add(ref, byType.keys());

  const proven = new Set(found.keys());
  for (const [type, { labels, kind }] of index.types) {
    for (const label of labels) {
      for (const ref of patchesOfLabel(label, kind ?? null, (patch) => proven.has(patchKey(patch)))) add(ref, [type]);
    }
  }
  return Array.from(found.values(), ({ ref, types }) => tallyPatch(index, ref, types)).sort(
    (left, right) => compareText(left.id, right.id) || compareText(left.kind, right.kind),
  );
}

function tallyPatch(index: PatchIndex, ref: PatchRef, types: ReadonlySet<string>): PatchTally {
  const marked = index.patches.get(patchKey(ref))?.byType;
  const byType = Array.from(types)
    .sort(compareText)
    .map((workflowType) => ({
      workflowType,
      counts: countsOf(index.types.get(workflowType), marked?.get(workflowType)),
    }));
  return { ...ref, byType, totals: sumOf(byType.map((entry) => entry.counts)) };
}

function countsOf(type: TypeCount | undefined, marked: MarkedCount | undefined): PatchCountsTally {
  const { openRuns = 0, notRead = 0 } = type ?? {};
  const { live = 0, deprecated = 0 } = marked ?? {};
  const versions = versionList(marked?.versions ?? []);
  const recorded = live + deprecated + versions.reduce((sum, entry) => sum + entry.openRuns, 0);
  const unreadable = (type?.unreadable ?? 0) - (marked?.unreadable ?? 0);
  return {
    openRuns,
    live,
    deprecated,
    versions,
    withoutMarker: openRuns - notRead - recorded - unreadable,
    unreadable,
    notRead,
    oldestOpenStartMs: type?.oldestOpenStartMs ?? null,
  };
}

function sumOf(counts: readonly PatchCountsTally[]): PatchCountsTally {
  const sum = (pick: (count: PatchCountsTally) => number) => counts.reduce((total, count) => total + pick(count), 0);
  const versions = new Map<number, number>();
  for (const { version, openRuns } of counts.flatMap((count) => count.versions)) {
    versions.set(version, (versions.get(version) ?? 0) + openRuns);
  }
  const starts = counts.flatMap((count) => count.oldestOpenStartMs ?? []);
  return {
    openRuns: sum((count) => count.openRuns),
    live: sum((count) => count.live),
    deprecated: sum((count) => count.deprecated),
    versions: versionList(versions),
    withoutMarker: sum((count) => count.withoutMarker),
    unreadable: sum((count) => count.unreadable),
    notRead: sum((count) => count.notRead),
    oldestOpenStartMs: starts.length === 0 ? null : Math.min(...starts),
  };
}

function versionList(versions: Iterable<readonly [number, number]>): PatchCountsTally['versions'] {
  return Array.from(versions, ([version, openRuns]) => ({ version, openRuns })).sort((a, b) => a.version - b.version);
}
