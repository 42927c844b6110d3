/** protobufjs' 64-bit integer, as far as it is used here. Event ids and times stay far below 2^53. */
interface Int64 {
  toNumber(): number;
}

interface SecondsAndNanos {
  seconds?: Int64 | null;
  nanos?: number | null;
}

type Maybe<Value> = Value | null | undefined;

const MS_PER_SECOND = 1_000;
const NANOS_PER_MS = 1_000_000;

export function toNumber(value: Maybe<Int64>): number {
  return value?.toNumber() ?? 0;
}

/** `google.protobuf.Timestamp` → epoch ms, whole ones; null when absent. */
export function timestampMs(value: Maybe<SecondsAndNanos>): number | null {
  if (!value) return null;
  return toNumber(value.seconds) * MS_PER_SECOND + Math.floor((value.nanos ?? 0) / NANOS_PER_MS);
}

/** `google.protobuf.Duration` → ms; null when absent or zero, which is how Temporal writes "no limit". */
export function limitMs(value: Maybe<SecondsAndNanos>): number | null {
  return timestampMs(value) || null;
}

/** proto3 has no absent string: an empty one is none. */
export function textOrNull(value: Maybe<string>): string | null {
  return value || null;
}

/** Numbers → names of an enum without their common prefix, e.g. `EVENT_TYPE_`. */
export function enumNames(values: object, prefix: string): ReadonlyMap<number, string> {
  return new Map(
    Object.entries(values).flatMap(([name, value]) =>
      typeof value === 'number' ? [[value, name.startsWith(prefix) ? name.slice(prefix.length) : name]] : [],
    ),
  );
}
