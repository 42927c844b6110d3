/** Patches as VERDICT.md defines them. `core`: patched/deprecate_patch. `version`: GetVersion in Go, PHP and Java. */
export type PatchKind = 'core' | 'version';

/** Within a namespace, a patch is its kind and id: the same id may exist in both kinds and the two are never merged. */
export interface PatchRef {
  readonly kind: PatchKind;
  readonly id: string;
}

/** One marker that one run recorded, decoded. `deprecated` belongs to core, `version` to version; the other is null. */
export interface PatchMarker extends PatchRef {
  readonly deprecated: boolean | null;
  readonly version: number | null;
  readonly eventId: number;
  readonly timeMs: number;
  readonly workflowTaskCompletedEventId: number;
}

/** A marker named like a patch marker that could not be decoded: its run is `unknown`, never clear. */
export interface UnreadableMarker {
  readonly eventId: number;
  readonly reason: UnreadableReason;
}

export type UnreadableReason =
  | 'encrypted-or-encoded'
  | 'not-json'
  | 'details-missing'
  | 'id-missing'
  | 'deprecated-missing'
  | 'version-missing';
