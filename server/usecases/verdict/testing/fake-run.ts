import type { HistoryEvent, RawPayload } from '#lib/domain/history/events.ts';
import type { FakeRun } from '#server/usecases/verdict/testing/fake-namespaces.ts';

interface FakeRunOptions {
  readonly type?: string;
  readonly buildId?: string;
  readonly sdk?: string;
  readonly startMs?: number;
  readonly labels?: readonly string[];
  readonly taskQueue?: string;
  /** Closed then, with an event that says so. */
  readonly closeMs?: number;
  /** One marker, written in the first task. */
  readonly marker?: { id: string; deprecated: boolean } | { id: string; version: number };
}

/** An open run whose history is one workflow task, then perhaps one marker. */
export function fakeRun(runId: string, options: FakeRunOptions = {}): FakeRun {
  const {
    type = 'T',
    buildId = 'v1',
    sdk = 'temporal-python',
    startMs = 1_000,
    taskQueue = 'queue',
    closeMs,
    marker,
  } = options;
  const labels = options.labels ?? (marker === undefined ? [] : [labelOf(marker)]);
  const worker = { buildId, useVersioning: false, deploymentVersion: null };
  const at = (eventId: number) => ({ eventId, timeMs: startMs + eventId });
  const events: HistoryEvent[] = [
    {
      ...at(1),
      type: 'workflow-execution-started',
      workflowType: type,
      taskQueue,
      runTimeoutMs: null,
      executionTimeoutMs: null,
      continuedFromRunId: null,
      workflowId: `workflow-${runId}`,
      originalRunId: runId,
    },
    { ...at(2), type: 'workflow-task-scheduled', taskQueue },
    { ...at(3), type: 'workflow-task-started', identity: 'worker', worker },
    {
      ...at(4),
      type: 'workflow-task-completed',
      identity: 'worker',
      worker,
      sdk: { name: sdk, version: '1' },
      startedEventId: 3,
    },
  ];
  if (marker !== undefined) events.push({ ...at(5), ...markerEvent(marker) });
  if (closeMs !== undefined) {
    events.push({
      eventId: 9,
      timeMs: closeMs,
      type: 'workflow-execution-closed',
      status: 'completed',
      newRunId: null,
    });
  }
  return {
    summary: {
      workflowId: `workflow-${runId}`,
      runId,
      workflowType: type,
      taskQueue,
      startTimeMs: startMs,
      closeTimeMs: closeMs ?? null,
      buildIds: ['unversioned', `unversioned:${buildId}`],
      labels,
    },
    events,
  };
}

type Marker = NonNullable<FakeRunOptions['marker']>;

function labelOf(marker: Marker): string {
  return 'version' in marker ? `${marker.id}-${marker.version}` : marker.id;
}

function markerEvent(marker: Marker) {
  const details =
    'version' in marker
      ? { 'change-id': [json(marker.id)], version: [json(marker.version)] }
      : { 'patch-data': [json(marker)] };
  const markerName = 'version' in marker ? 'Version' : 'core_patch';
  return { type: 'marker-recorded', markerName, details, workflowTaskCompletedEventId: 4 } as const;
}

function json(value: unknown): RawPayload {
  return { encoding: 'json/plain', data: new TextEncoder().encode(JSON.stringify(value)) };
}
