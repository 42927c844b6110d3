import {
  decodeJson,
  type Decoded,
  hasDetail,
  type MarkerDetails,
  onlyPayload,
} from '#lib/domain/patches/marker-details.ts';

/** sdk-go `internal_command_state_machine.go`, sdk-java `VersionMarkerUtils`: both name the marker so. */
export const VERSION_MARKER_NAME = 'Version';

export interface VersionPatch {
  readonly id: string;
  /** -1 is GetVersion's DefaultVersion: recorded where a preferred version provider declined. */
  readonly version: number;
}

/** An integer as Go and Java write it: other spellings of a number come from neither. */
const INTEGER = /^(?:0|-?[1-9]\d*)$/;

/**
 * GetVersion's marker: `change-id` (Go and PHP, written with the worker's own data converter, so it may be encrypted) or `changeId`
 * (Java, always plain), and `version`. Other keys do not matter.
 */
export function decodeVersionPatch(details: MarkerDetails): Decoded<VersionPatch> {
  const idKeys = ['change-id', 'changeId'].filter((key) => hasDetail(details, key));
  if (idKeys.length === 0) return { reason: hasDetail(details, 'version') ? 'id-missing' : 'details-missing' };
  const idPayload = idKeys.length === 1 && idKeys[0] !== undefined ? onlyPayload(details, idKeys[0]) : null;
  if (idPayload === null) return { reason: 'id-missing' };
  const versionPayload = onlyPayload(details, 'version');
  if (versionPayload === null) return { reason: 'version-missing' };
  const id = decodeJson(idPayload);
  if ('reason' in id) return id;
  if (typeof id.value.json !== 'string') return { reason: 'id-missing' };
  const version = decodeJson(versionPayload);
  if ('reason' in version) return version;
  const { text, json } = version.value;
  if (!INTEGER.test(text.trim()) || !Number.isSafeInteger(json)) return { reason: 'version-missing' };
  return { value: { id: id.value.json, version: Number(json) } };
}
