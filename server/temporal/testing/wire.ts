import proto, { type temporal } from '@temporalio/proto';
import type { HistoryEvent } from '#lib/domain/history/events.ts';
import { decodeHistoryBinary } from '#server/temporal/history-binary.ts';

export type WireEvent = temporal.api.history.v1.HistoryEvent.$Properties;

/** When each event happened that does not say so itself. */
export const AT = { timeMs: Date.parse('2026-01-02T03:04:05.678Z') };

export const utf8 = (text: string) => new TextEncoder().encode(text);

/** A payload as search attributes are stored. */
export const jsonPayload = (value: unknown) => ({ data: utf8(JSON.stringify(value)) });

/** protobufjs takes plain numbers where its types want 64-bit ones. */
export const int64 = (value: number) => proto.google.protobuf.Timestamp.fromObject({ seconds: value }).seconds;

/** Through the wire, as a server or a file brings it. */
export function decodeEvents(...events: WireEvent[]): HistoryEvent[] {
  const timed = events.map((event, index) => ({
    eventId: int64(index + 1),
    eventTime: { seconds: int64(1_767_323_045), nanos: 678_900_000 },
    ...event,
  }));
  return decodeHistoryBinary(proto.temporal.api.history.v1.History.encode({ events: timed }).finish());
}
