import proto from '@temporalio/proto';
import type { HistoryEvent } from '#lib/domain/history/events.ts';
import { toHistoryEvent } from '#server/temporal/mappers/history-event.ts';

/**
 * The events of a binary history file: `temporal.api.history.v1.History`, as SDKs and `temporal workflow show` write it.
 * Throws protobufjs' error for bytes that are cut off or no protobuf; other files may decode to events without sense.
 */
export function decodeHistoryBinary(bytes: Uint8Array): HistoryEvent[] {
  return proto.temporal.api.history.v1.History.decode(bytes).events.map(toHistoryEvent);
}
