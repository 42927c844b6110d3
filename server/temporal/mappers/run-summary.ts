import type { temporal } from '@temporalio/proto';
import type { RunSummary } from '#lib/domain/census/types.ts';
import { toKeywords } from '#server/temporal/mappers/payload.ts';
import { timestampMs } from '#server/temporal/mappers/scalars.ts';

export function toRunSummary(info: temporal.api.workflow.v1.WorkflowExecutionInfo.$Properties): RunSummary {
  const attributes = info.searchAttributes?.indexedFields;
  return {
    workflowId: info.execution?.workflowId ?? '',
    runId: info.execution?.runId ?? '',
    workflowType: info.type?.name ?? '',
    taskQueue: info.taskQueue ?? '',
    startTimeMs: timestampMs(info.startTime) ?? 0,
    closeTimeMs: timestampMs(info.closeTime),
    buildIds: toKeywords(attributes?.BuildIds),
    labels: toKeywords(attributes?.TemporalChangeVersion),
  };
}
