import proto from '@temporalio/proto';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeHistoryBinary } from '#server/temporal/history-binary.ts';
import { int64 } from '#server/temporal/testing/wire.ts';

const { History } = proto.temporal.api.history.v1;
const { EventType } = proto.temporal.api.enums.v1;

test('no event type and no attributes make the mapper fail', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1, max: 200 })), (types) => {
      const file = History.fromObject({ events: types.map((eventType, index) => ({ eventType, eventId: index + 1 })) });
      const events = decodeHistoryBinary(History.encode(file).finish());
      expect(events.map((event) => event.eventId)).toEqual(types.map((_, index) => index + 1));
    }),
  );
});

test('bytes that are cut off throw', () => {
  const whole = History.encode({
    events: [{ eventType: EventType.EVENT_TYPE_TIMER_STARTED, eventId: int64(7), eventTime: {} }],
  }).finish();
  expect(decodeHistoryBinary(whole)).toHaveLength(1);
  expect(() => decodeHistoryBinary(whole.subarray(0, whole.length - 1))).toThrow();
});
