import { isInternalPatchId } from '#lib/domain/patches/internal-patch.ts';
import type { PatchKind, PatchRef } from '#lib/domain/patches/types.ts';

/** SDK names as workers send them in `sdk_metadata.name`, by the kind of patch marker that they write. */
const KIND_OF_SDK: ReadonlyMap<string | null, PatchKind> = new Map([
  ['temporal-typescript', 'core'],
  ['temporal-python', 'core'],
  ['temporal-dotnet', 'core'],
  ['temporal-ruby', 'core'],
  ['temporal-rust', 'core'],
  ['temporal-go', 'version'],
  ['temporal-php', 'version'],
  ['temporal-java', 'version'],
]);

/** null: an SDK not known here, or none named yet. */
export function kindOfSdk(sdkName: string | null): PatchKind | null {
  return KIND_OF_SDK.get(sdkName) ?? null;
}

/** Text that tells patches of both kinds apart. */
export function patchKey({ kind, id }: PatchRef): string {
  return `${kind}:${id}`;
}

/**
 * Which patches a value of TemporalChangeVersion may stand for. Core SDKs write the id, GetVersion writes `id-version`, and the
 * value alone does not tell which: the SDK of the workflow type decides, else what is known by a marker, else it is taken as an id.
 */
export function patchesOfLabel(
  label: string,
  kind: PatchKind | null,
  isKnown: (patch: PatchRef) => boolean,
): readonly PatchRef[] {
  if (isInternalPatchId(label)) return [];
  const candidates = candidatesOf(label);
  if (kind !== null) return candidates.filter((patch) => patch.kind === kind);
  const known = candidates.filter(isKnown);
  return known.length > 0 ? known : candidates.slice(0, 1);
}

function candidatesOf(label: string): readonly PatchRef[] {
  const asCore = { kind: 'core', id: label } as const;
  const changeId = /^(.+)-(?:-?\d+)$/s.exec(label)?.[1];
  return changeId === undefined ? [asCore] : [asCore, { kind: 'version', id: changeId }];
}
