import type { HistoryEvent, WorkerStamp } from '#lib/domain/history/events.ts';

/** Omit on each member of the union, so that an event without id and time keeps its own fields. */
export type Body = HistoryEvent extends infer E
  ? E extends HistoryEvent
    ? Omit<E, 'eventId' | 'timeMs'>
    : never
  : never;

/** Events one second apart from time zero, with ids from 1. */
export function numbered(bodies: readonly Body[]): HistoryEvent[] {
  return bodies.map((body, index) => ({ ...body, eventId: index + 1, timeMs: index * 1000 }));
}

export function stamp(buildId: string | null, more: Partial<WorkerStamp> = {}): WorkerStamp {
  return { buildId, useVersioning: false, deploymentVersion: null, ...more };
}

export function started(more: Partial<Extract<Body, { type: 'workflow-execution-started' }>> = {}): Body {
  return {
    type: 'workflow-execution-started',
    workflowType: 'Order',
    taskQueue: 'orders',
    runTimeoutMs: null,
    executionTimeoutMs: null,
    continuedFromRunId: null,
    workflowId: 'order-1',
    originalRunId: 'run-1',
    ...more,
  };
}

export const scheduled: Body = { type: 'workflow-task-scheduled', taskQueue: 'orders' };

export function taken(worker: WorkerStamp, identity = 'w'): Body {
  return { type: 'workflow-task-started', identity, worker };
}

export function completed(
  worker: WorkerStamp,
  more: { identity?: string; sdk?: string; isPinned?: boolean } = {},
): Body {
  const { identity = 'w', sdk, isPinned } = more;
  return {
    type: 'workflow-task-completed',
    identity,
    worker,
    sdk: { name: sdk === undefined ? null : 'temporal-python', version: sdk ?? null },
    startedEventId: 0,
    ...(isPinned === true && { isPinned }),
  };
}

export function failed(cause: string, message = '', newRunId: string | null = null, baseRunId?: string): Body {
  return { type: 'workflow-task-failed', cause, message, newRunId, ...(baseRunId !== undefined && { baseRunId }) };
}

export function patched(patch: { id: string; deprecated: boolean }, taskEventId: number): Body {
  return {
    type: 'marker-recorded',
    markerName: 'core_patch',
    details: { 'patch-data': [json(patch)] },
    workflowTaskCompletedEventId: taskEventId,
  };
}

export function labels(values: unknown, taskEventId = 0): Body {
  return {
    type: 'search-attributes-upserted',
    changeVersion: json(values),
    workflowTaskCompletedEventId: taskEventId,
  };
}

export function json(value: unknown) {
  return { encoding: 'json/plain', data: new TextEncoder().encode(JSON.stringify(value)) };
}
