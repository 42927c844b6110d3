import proto from '@temporalio/proto';
import { describe, expect, test } from 'vitest';
import { storedEvents } from '#server/temporal/mappers/stored-events.ts';
import { int64 } from '#server/temporal/testing/wire.ts';

const { EventType } = proto.temporal.api.enums.v1;

describe('a workflow task that is not stored', () => {
  const scheduled = (eventId: number, taskId: number) => ({
    eventType: EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED,
    eventId: int64(eventId),
    taskId: int64(taskId),
  });
  const started = { eventType: EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED, eventId: int64(3) };
  const signaled = { eventType: EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED, eventId: int64(4) };

  test.each([
    ['is left out at the end', [scheduled(1, 9), scheduled(2, 0), started], 1],
    ['may be all of a page', [scheduled(2, 0), started], 0],
    ['is nothing else: stored tasks and other events stay', [scheduled(1, 9), scheduled(2, 0), signaled], 3],
    ['may be absent', [], 0],
  ])('%s', (_, events, kept) => {
    expect(storedEvents(events)).toEqual(events.slice(0, kept));
  });
});
