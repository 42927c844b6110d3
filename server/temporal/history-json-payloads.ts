import type { RawPayload } from '#lib/domain/history/events.ts';
import { isJsonObject, textOf } from '#lib/domain/patches/strict-json.ts';

/** Stands for a payload whose stored bytes a file no longer tells: decoders find an encoding that they do not know. */
const UNRECOVERABLE: RawPayload = { encoding: 'unrecoverable', data: new Uint8Array() };

/** Encodings as themselves rather than in base64: Temporal UI's "readable" download (`src/lib/utilities/decode-payload.ts`). */
const READABLE_ENCODING = /^(?:json|binary)\/[a-z]+$/;

const BASE64 = /^[A-Za-z0-9+/_-]*={0,2}$/;

const UTF8 = new TextEncoder();

/**
 * A `Payloads` message: `{"payloads":[…]}`, or the bare list that the command line's shorthand writes. Entries are never skipped:
 * what can not be read stays as a payload that can not be decoded.
 */
export function payloadsFromJson(value: unknown): readonly RawPayload[] {
  if (Array.isArray(value)) return value.map(payloadFromJson);
  if (!isJsonObject(value)) return value === null || value === undefined ? [] : [UNRECOVERABLE];
  const payloads = Object.hasOwn(value, 'payloads') ? value.payloads : [];
  return Array.isArray(payloads) ? payloads.map(payloadFromJson) : [UNRECOVERABLE];
}

/**
 * One `Payload` as any of: proto JSON (base64 in `metadata` and `data`), Temporal UI's readable form (both decoded), or the value
 * itself (shorthand of json/plain: temporalio/api-go `common/v1/payload_json.go`, whose rule to tell them apart this is).
 */
export function payloadFromJson(value: unknown): RawPayload {
  if (!isJsonObject(value) || !isPayloadMessage(value)) return jsonPayload(value);
  const metadata = Object.hasOwn(value, 'metadata') && isJsonObject(value.metadata) ? value.metadata : {};
  const data = Object.hasOwn(value, 'data') ? value.data : undefined;
  const encoding = Object.hasOwn(metadata, 'encoding') ? metadata.encoding : undefined;
  if (typeof encoding === 'string' && READABLE_ENCODING.test(encoding)) {
    return encoding === 'json/plain' ? jsonPayload(data) : UNRECOVERABLE;
  }
  const bytes = bytesOf(data ?? '');
  const name = encoding === undefined ? null : encodingOf(encoding);
  return bytes === null || name === undefined ? UNRECOVERABLE : { encoding: name, data: bytes };
}

function isPayloadMessage(value: Readonly<Record<string, unknown>>): boolean {
  const keys = Object.keys(value);
  return keys.every((key) => key === 'metadata' || key === 'data' || key === 'externalPayloads');
}

function jsonPayload(value: unknown): RawPayload {
  if (value === undefined) return UNRECOVERABLE;
  try {
    return { encoding: 'json/plain', data: UTF8.encode(JSON.stringify(value)) };
  } catch {
    // Nested deeper than JSON can be written.
    return UNRECOVERABLE;
  }
}

/** undefined: there is one, but it is not base64. */
function encodingOf(value: unknown): string | undefined {
  const bytes = bytesOf(value);
  if (bytes === null) return undefined;
  // An encoding that is not text is still an encoding: it must not look like none.
  return textOf(bytes) ?? 'not-text';
}

/** Base64 as proto JSON allows it: either alphabet, padding or none. null: something else, which Node would read as far as it goes. */
function bytesOf(value: unknown): Uint8Array | null {
  if (typeof value !== 'string' || !BASE64.test(value)) return null;
  const digits = value.replace(/=+$/, '').length;
  return digits % 4 === 1 || (value.length !== digits && value.length % 4 !== 0) ? null : Buffer.from(value, 'base64');
}
