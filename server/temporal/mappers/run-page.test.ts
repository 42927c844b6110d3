import proto from '@temporalio/proto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeRunPage } from '#server/temporal/mappers/run-page.ts';
import { toRunSummary } from '#server/temporal/mappers/run-summary.ts';
import { jsonPayload } from '#server/temporal/testing/wire.ts';

const { ListWorkflowExecutionsResponse } = proto.temporal.api.workflowservice.v1;

const name = fc.string({ unit: 'grapheme', maxLength: 40 });
const execution = fc.record({
  execution: fc.record({ workflowId: name, runId: name }),
  type: fc.record({ name }),
  taskQueue: name,
  startTime: fc.record({ seconds: fc.nat(), nanos: fc.nat({ max: 999_999_999 }) }),
  closeTime: fc.option(fc.record({ seconds: fc.nat() }), { nil: undefined }),
  searchAttributes: fc.record({
    indexedFields: fc.record({
      BuildIds: fc.array(name, { maxLength: 3 }).map(jsonPayload),
      TemporalChangeVersion: fc.array(name, { maxLength: 3 }).map(jsonPayload),
    }),
  }),
});
const page = fc.record({
  executions: fc.array(execution, { maxLength: 4 }),
  nextPageToken: fc.uint8Array({ maxLength: 200 }),
});

const bytesOf = (response: object) =>
  ListWorkflowExecutionsResponse.encode(ListWorkflowExecutionsResponse.fromObject(response)).finish();

test('a page reads run by run as it does whole', () => {
  fc.assert(
    fc.property(page, (response) => {
      const bytes = bytesOf(response);
      const whole = ListWorkflowExecutionsResponse.decode(bytes);
      const read = decodeRunPage(bytes);
      expect(read.runs).toEqual(whole.executions.map(toRunSummary));
      expect([...read.nextPageToken]).toEqual([...whole.nextPageToken]);
    }),
  );
});

test('what a newer server adds to a page is passed over', () => {
  const bytes = bytesOf({ executions: [{ taskQueue: 'q' }], nextPageToken: Uint8Array.of(7) });
  // Field 15: a varint; field 16: three bytes.
  const added = Uint8Array.of(0x78, 0x96, 0x01, 0x82, 0x01, 0x03, 1, 2, 3);
  expect(decodeRunPage(Buffer.concat([added, bytes, added]))).toEqual(decodeRunPage(bytes));
  expect(decodeRunPage(bytes).runs).toHaveLength(1);
});

test('a page that is cut off is refused', () => {
  const bytes = bytesOf({ executions: [{ taskQueue: 'queue' }] });
  expect(() => decodeRunPage(bytes.subarray(0, -1))).toThrow(RangeError);
});
