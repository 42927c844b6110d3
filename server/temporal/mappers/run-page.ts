import proto from '@temporalio/proto';
import { Reader } from 'protobufjs/minimal.js';
import type { RunSummary } from '#lib/domain/census/types.ts';
import { toRunSummary } from '#server/temporal/mappers/run-summary.ts';
import type { RunPage } from '#server/temporal/port.ts';

const { WorkflowExecutionInfo } = proto.temporal.api.workflow.v1;

/**
 * `ListWorkflowExecutionsResponse`, mapped run by run: a page of 1,000 decoded as a whole is tens of thousands of objects that live
 * at once, and collecting them costs five times as much as decoding does.
 */
export function decodeRunPage(bytes: Uint8Array): RunPage {
  const reader = Reader.create(bytes);
  const runs: RunSummary[] = [];
  let nextPageToken: Uint8Array = new Uint8Array();
  while (reader.pos < reader.len) {
    const tag = reader.uint32();
    const field = tag >>> 3;
    if (field === 1) runs.push(toRunSummary(WorkflowExecutionInfo.decode(reader.bytes())));
    else if (field === 2) nextPageToken = reader.bytes();
    else reader.skipType(tag & 7);
  }
  return { runs, nextPageToken };
}
