import {
  decodeJson,
  type Decoded,
  hasDetail,
  type MarkerDetails,
  onlyPayload,
} from '#lib/domain/patches/marker-details.ts';
import { isJsonObject, textOf } from '#lib/domain/patches/strict-json.ts';

/** sdk-core `crates/common/src/protos/constants.rs`, `PATCH_MARKER_NAME`. */
export const CORE_MARKER_NAME = 'core_patch';

export interface CorePatch {
  readonly id: string;
  readonly deprecated: boolean;
}

/**
 * Core's marker (TypeScript, Python, .NET, Ruby, Rust), in the order that Core itself tries (sdk-core
 * `crates/common/src/protos/mod.rs`, `get_changed_marker_details`): the key of today, else the two of before March 2023.
 */
export function decodeCorePatch(details: MarkerDetails): Decoded<CorePatch> {
  return hasDetail(details, 'patch-data') ? decodeToday(details) : decodeBefore2023(details);
}

/** `patch-data`: one json/plain payload `{"id":"…","deprecated":bool}`, both always written. */
function decodeToday(details: MarkerDetails): Decoded<CorePatch> {
  const payload = onlyPayload(details, 'patch-data');
  if (payload === null) return { reason: 'details-missing' };
  const decoded = decodeJson(payload);
  if ('reason' in decoded) return decoded;
  const { json } = decoded.value;
  if (!isJsonObject(json) || !Object.hasOwn(json, 'id') || typeof json.id !== 'string') return { reason: 'id-missing' };
  if (!Object.hasOwn(json, 'deprecated') || typeof json.deprecated !== 'boolean')
    return { reason: 'deprecated-missing' };
  return { value: { id: json.id, deprecated: json.deprecated } };
}

/** `patch_id`: the id as UTF-8 bytes; `deprecated`: one byte, 0 or 1. Neither is JSON. */
function decodeBefore2023(details: MarkerDetails): Decoded<CorePatch> {
  if (!hasDetail(details, 'patch_id') && !hasDetail(details, 'deprecated')) return { reason: 'details-missing' };
  const id = onlyPayload(details, 'patch_id');
  if (id === null) return { reason: 'id-missing' };
  const flag = onlyPayload(details, 'deprecated');
  if (flag === null) return { reason: 'deprecated-missing' };
  if (!isRaw(id.encoding) || !isRaw(flag.encoding)) return { reason: 'encrypted-or-encoded' };
  const text = textOf(id.data);
  if (text === null) return { reason: 'id-missing' };
  const byte = flag.data.length === 1 ? flag.data[0] : undefined;
  if (byte !== 0 && byte !== 1) return { reason: 'deprecated-missing' };
  return { value: { id: text, deprecated: byte === 1 } };
}

/** Core wrote raw bytes as `binary/plain`, or named no encoding. */
function isRaw(encoding: string | null): boolean {
  return encoding === null || encoding === 'binary/plain';
}
