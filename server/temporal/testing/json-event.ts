import { parseHistoryEvent } from '#server/temporal/history-json.ts';

export const b64 = (text: string) => Buffer.from(text).toString('base64');

/** What every event has. */
export const at = { eventId: '5', eventTime: '2023-05-01T10:00:00.123456789Z' };

export function parseEvent(event: object) {
  return parseHistoryEvent(JSON.stringify(event));
}

/** A marker of a patch with these details. */
export function parseMarker(details: unknown, eventType: unknown = 'EVENT_TYPE_MARKER_RECORDED') {
  const attributes = { markerName: 'core_patch', details, workflowTaskCompletedEventId: '4' };
  return parseEvent({ ...at, eventType, markerRecordedEventAttributes: attributes });
}
