import { isJsonObject } from '#lib/domain/patches/strict-json.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

/**
 * A field of a proto message in JSON, by its JSON name or its name in the .proto file: readers of proto JSON take both. undefined
 * when absent or null, which proto JSON does not tell apart.
 */
export function field(message: JsonObject, name: string): unknown {
  if (Object.hasOwn(message, name)) return message[name] ?? undefined;
  const other = protoName(name);
  return Object.hasOwn(message, other) ? (message[other] ?? undefined) : undefined;
}

/** Names by JSON name: only names written in this program come here, a few dozen. */
const PROTO_NAMES = new Map<string, string>();

function protoName(name: string): string {
  const known = PROTO_NAMES.get(name);
  if (known !== undefined) return known;
  const made = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  PROTO_NAMES.set(name, made);
  return made;
}

/** A message field; empty when absent, as proto has it. */
export function messageField(message: JsonObject, name: string): JsonObject {
  const value = field(message, name);
  return isJsonObject(value) ? value : {};
}

/** Text, null when absent or empty: proto does not tell these apart. */
export function textField(message: JsonObject, name: string): string | null {
  const value = field(message, name);
  return typeof value === 'string' && value !== '' ? value : null;
}

/** An event id: 64-bit, so a string in proto JSON and a number in other writers'. null when it is neither, or not positive. */
export function eventIdField(message: JsonObject, name: string): number | null {
  const value = field(message, name);
  const id = typeof value === 'string' && /^[1-9]\d*$/.test(value) ? Number(value) : value;
  return typeof id === 'number' && Number.isSafeInteger(id) && id > 0 ? id : null;
}

const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/;

/** A timestamp as epoch milliseconds; finer digits are cut off. */
export function timeField(message: JsonObject, name: string): number | null {
  const value = field(message, name);
  if (typeof value !== 'string' || !RFC3339.test(value)) return null;
  const timeMs = Date.parse(value);
  return Number.isNaN(timeMs) ? null : timeMs;
}

/** A duration such as `"7200s"` or `"0.5s"` in milliseconds. null when absent or zero: Temporal's zero timeouts mean none. */
export function durationField(message: JsonObject, name: string): number | null {
  const value = field(message, name);
  const seconds = typeof value === 'string' ? /^(\d{1,12}(?:\.\d{1,9})?)s$/.exec(value)?.[1] : undefined;
  const durationMs = seconds === undefined ? 0 : Math.round(Number(seconds) * 1000);
  return durationMs === 0 ? null : durationMs;
}
