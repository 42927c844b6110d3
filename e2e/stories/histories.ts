import type proto from '@temporalio/proto';
import type { RunHistory } from '#e2e/harness/replay.ts';

type Event = proto.temporal.api.history.v1.IHistoryEvent;

/** Who completed a run's workflow tasks: what the workers wrote of themselves. */
export interface Stamp {
  readonly buildId: string | null;
  /** Told only when it changed. */
  readonly sdk: string | null;
}

/** Reads of raw histories, for assertions that shall not rest on Patchboard's own reading. */
export function stampsOf(history: RunHistory['history']): readonly Stamp[] {
  return eventsOf(history).flatMap(({ workflowTaskCompletedEventAttributes: completed }) => {
    if (!completed) return [];
    const { sdkName, sdkVersion } = completed.sdkMetadata ?? {};
    return [
      { buildId: completed.workerVersion?.buildId || null, sdk: sdkName ? `${sdkName} ${sdkVersion ?? ''}` : null },
    ];
  });
}

/** Markers by name, in order, with the text of each detail's payload. */
export function markersOf(
  history: RunHistory['history'],
  name: 'core_patch' | 'Version',
): readonly Readonly<Record<string, string>>[] {
  return eventsOf(history).flatMap(({ markerRecordedEventAttributes: marker }) => {
    if (marker?.markerName !== name) return [];
    const details = Object.entries(marker.details ?? {});
    return [Object.fromEntries(details.map(([key, { payloads }]) => [key, textOf(payloads?.[0]?.data)]))];
  });
}

/** Every value that TemporalChangeVersion was set to, in order. */
export function labelsOf(history: RunHistory['history']): readonly (readonly string[])[] {
  return eventsOf(history).flatMap(({ upsertWorkflowSearchAttributesEventAttributes: upsert }) => {
    const payload = upsert?.searchAttributes?.indexedFields?.['TemporalChangeVersion'];
    return payload ? [JSON.parse(textOf(payload.data)) as string[]] : [];
  });
}

export function eventsOf({ events }: RunHistory['history']): readonly Event[] {
  return events ?? [];
}

function textOf(data: Uint8Array | null | undefined): string {
  return Buffer.from(data ?? []).toString('utf8');
}
