import type { HistoryEvent } from '#lib/domain/history/events.ts';
import { CORE_MARKER_NAME, decodeCorePatch } from '#lib/domain/patches/core-marker.ts';
import { isInternalPatchId } from '#lib/domain/patches/internal-patch.ts';
import type { PatchMarker, UnreadableMarker } from '#lib/domain/patches/types.ts';
import { decodeVersionPatch, VERSION_MARKER_NAME } from '#lib/domain/patches/version-marker.ts';

export type MarkerEvent = Extract<HistoryEvent, { type: 'marker-recorded' }>;

export type DecodedMarker = { readonly marker: PatchMarker } | { readonly unreadable: UnreadableMarker };

/**
 * What a recorded marker says of a patch. null: it is no patch's marker (a local activity, a side effect, a patch of the SDK's own).
 * Never throws and never guesses: what is not exactly as an SDK writes it is unreadable.
 */
export function decodeMarker(event: MarkerEvent): DecodedMarker | null {
  const { eventId, timeMs, workflowTaskCompletedEventId } = event;
  const place = { eventId, timeMs, workflowTaskCompletedEventId };
  if (event.markerName === CORE_MARKER_NAME) {
    const decoded = decodeCorePatch(event.details);
    if ('reason' in decoded) return { unreadable: { eventId, reason: decoded.reason } };
    if (isInternalPatchId(decoded.value.id)) return null;
    return { marker: { kind: 'core', ...decoded.value, version: null, ...place } };
  }
  if (event.markerName === VERSION_MARKER_NAME) {
    const decoded = decodeVersionPatch(event.details);
    if ('reason' in decoded) return { unreadable: { eventId, reason: decoded.reason } };
    return { marker: { kind: 'version', ...decoded.value, deprecated: null, ...place } };
  }
  return null;
}
