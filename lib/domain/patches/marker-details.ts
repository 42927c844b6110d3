import type { RawPayload } from '#lib/domain/history/events.ts';
import { type JsonValue, parseStrictJson, textOf } from '#lib/domain/patches/strict-json.ts';
import type { UnreadableReason } from '#lib/domain/patches/types.ts';

export type MarkerDetails = Readonly<Record<string, readonly RawPayload[]>>;

/** A decoded part, or why it can not be decoded. */
export type Decoded<T> = { readonly value: T } | { readonly reason: UnreadableReason };

/** True for the marker's own keys only: a key like `constructor` is not found on a marker without it. */
export function hasDetail(details: MarkerDetails, key: string): boolean {
  return Object.hasOwn(details, key);
}

/** The one payload under `key`. No SDK writes several there, so several are not a choice but a marker of unknown make. */
export function onlyPayload(details: MarkerDetails, key: string): RawPayload | null {
  const payloads = hasDetail(details, key) ? details[key] : undefined;
  return payloads?.length === 1 ? (payloads[0] ?? null) : null;
}

/** A payload of Temporal's `json/plain` converter, with its text for values whose spelling matters. */
export function decodeJson(payload: RawPayload): Decoded<{ readonly text: string; readonly json: JsonValue }> {
  if (payload.encoding !== 'json/plain') return { reason: 'encrypted-or-encoded' };
  const text = textOf(payload.data);
  const json = text === null ? undefined : parseStrictJson(text);
  return text === null || json === undefined ? { reason: 'not-json' } : { value: { text, json } };
}
