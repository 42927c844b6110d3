import proto, { type temporal } from '@temporalio/proto';
import { toNumber } from '#server/temporal/mappers/scalars.ts';

type Event = temporal.api.history.v1.HistoryEvent.$Properties;

const { EVENT_TYPE_WORKFLOW_TASK_SCHEDULED, EVENT_TYPE_WORKFLOW_TASK_STARTED } = proto.temporal.api.enums.v1.EventType;

/**
 * A page without what newer servers put after the last stored event: the attempt of a failed workflow task that is scheduled or
 * running now (`history.sendTransientOrSpeculativeWorkflowTaskEvents`; seen on 1.32.0, not on 1.29.1). It has no task id, is in
 * no reverse reading, and its event ids are given to other events later: who goes on reading after them would miss those.
 */
export function storedEvents(events: readonly Event[]): readonly Event[] {
  const last = events.findLastIndex((event) => !isTransient(event));
  return last === events.length - 1 ? events : events.slice(0, last + 1);
}

function isTransient({ eventType, taskId }: Event): boolean {
  const isTask = eventType === EVENT_TYPE_WORKFLOW_TASK_SCHEDULED || eventType === EVENT_TYPE_WORKFLOW_TASK_STARTED;
  return isTask && toNumber(taskId) === 0;
}
