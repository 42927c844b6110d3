import { oncePerSnapshot } from '#lib/domain/census/once-per-snapshot.ts';
import { kindOfSdk, patchKey } from '#lib/domain/census/patch-labels.ts';
import type { CensusRun, CensusSnapshot } from '#lib/domain/census/snapshot.ts';
import { isInternalPatchId } from '#lib/domain/patches/internal-patch.ts';
import type { PatchKind, PatchMarker, PatchRef } from '#lib/domain/patches/types.ts';

/** Open runs of one workflow type, whatever the patch. */
export interface TypeCount {
  openRuns: number;
  notRead: number;
  /** Runs with a patch marker that could not be decoded. */
  unreadable: number;
  oldestOpenStartMs: number;
  /** Kind of marker that the type's SDK writes; null: not known, or workers of both kinds serve it. */
  kind: PatchKind | null | undefined;
  readonly labels: Set<string>;
}

/** Open runs of one workflow type that recorded one patch. */
export interface MarkedCount {
  live: number;
  deprecated: number;
  readonly versions: Map<number, number>;
  /** Of them, how many also hold a marker that could not be decoded. */
  unreadable: number;
}

export interface PatchIndex {
  readonly types: ReadonlyMap<string, TypeCount>;
  readonly patches: ReadonlyMap<string, { readonly ref: PatchRef; readonly byType: Map<string, MarkedCount> }>;
}

/** One sweep over runs and their markers, so that many patches cost no more than their markers. */
export function indexPatches({ runs }: Pick<CensusSnapshot, 'runs'>): PatchIndex {
  const types = new Map<string, TypeCount>();
  const patches = new Map<string, { ref: PatchRef; byType: Map<string, MarkedCount> }>();
  for (const run of runs) {
    const type = run.summary.workflowType;
    countRun(types, type, run);
    const isUnreadable = (run.facts?.unreadable.length ?? 0) > 0;
    for (const [key, marker] of markersOf(run)) {
      const patch = patches.get(key) ?? { ref: { kind: marker.kind, id: marker.id }, byType: new Map() };
      patches.set(key, patch);
      const count = patch.byType.get(type) ?? { live: 0, deprecated: 0, versions: new Map(), unreadable: 0 };
      patch.byType.set(type, count);
      countMarker(count, marker);
      if (isUnreadable) count.unreadable += 1;
    }
  }
  return { types, patches };
}

/** The index of a picture, made once for all who ask. */
export const patchIndexOf = oncePerSnapshot(indexPatches);

function countRun(types: Map<string, TypeCount>, type: string, { summary, facts }: CensusRun): void {
  const count = types.get(type) ?? {
    openRuns: 0,
    notRead: 0,
    unreadable: 0,
    oldestOpenStartMs: Infinity,
    kind: undefined,
    labels: new Set<string>(),
  };
  types.set(type, count);
  count.openRuns += 1;
  count.oldestOpenStartMs = Math.min(count.oldestOpenStartMs, summary.startTimeMs);
  for (const label of summary.labels) count.labels.add(label);
  if (facts === null) count.notRead += 1;
  else if (facts.unreadable.length > 0) count.unreadable += 1;
  const kind = kindOfSdk(facts?.sdkName ?? null);
  if (kind !== null) count.kind = count.kind === undefined || count.kind === kind ? kind : null;
}

/** One marker per patch. Were there several, the one that stands longest in the way of a removal counts. */
function markersOf({ facts }: CensusRun): ReadonlyMap<string, PatchMarker> {
  const markers = new Map<string, PatchMarker>();
  for (const marker of facts?.markers ?? []) {
    if (isInternalPatchId(marker.id)) continue;
    const key = patchKey(marker);
    const known = markers.get(key);
    if (known === undefined || isWorse(marker, known)) markers.set(key, marker);
  }
  return markers;
}

function isWorse(marker: PatchMarker, known: PatchMarker): boolean {
  if (marker.kind === 'core') return known.deprecated === true && marker.deprecated !== true;
  return (marker.version ?? -1) < (known.version ?? -1);
}

function countMarker(count: MarkedCount, marker: PatchMarker): void {
  if (marker.kind === 'version') {
    const version = marker.version ?? -1;
    count.versions.set(version, (count.versions.get(version) ?? 0) + 1);
  } else if (marker.deprecated === true) {
    count.deprecated += 1;
  } else {
    count.live += 1;
  }
}
