import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createLensFold } from '#lib/domain/run-lens/fold-run-lens.ts';
import {
  type Body,
  completed,
  failed,
  numbered,
  scheduled,
  stamp,
  started,
  taken,
} from '#lib/domain/run-lens/testing/events.ts';

const anyBody = fc.oneof(
  fc.constantFrom('a', 'b').map((build) => completed(stamp(build))),
  fc.constantFrom('a', 'b').map((build) => completed(stamp(build, { useVersioning: true }))),
  fc.constantFrom('a', 'b').map((build) => taken(stamp(build))),
  fc.constant(scheduled),
  fc.constantFrom('X', 'NON_DETERMINISTIC_ERROR').map((cause) => failed(cause)),
  fc.record({
    type: fc.constant('activity-scheduled' as const),
    activityType: fc.constantFrom('x', 'y'),
    taskQueue: fc.constantFrom('orders', 'elsewhere'),
    keepsBuild: fc.boolean(),
  }),
);

function lensOf(bodies: readonly Body[]) {
  const fold = createLensFold();
  for (const event of numbered([started(), ...bodies])) fold.add(event);
  return fold.finish();
}

test('every completed and failed task is counted once, and entries stand in order', () => {
  fc.assert(
    fc.property(fc.array(anyBody, { maxLength: 60 }), (bodies) => {
      const { entries, omitted } = lensOf(bodies);
      expect(omitted).toBeNull();
      for (const [type, kind] of [
        ['workflow-task-completed', 'tasks-completed'],
        ['workflow-task-failed', 'task-failed'],
      ] as const) {
        const told = entries.filter((entry) => entry.fact.kind === kind).reduce((sum, entry) => sum + entry.count, 0);
        expect(told).toBe(bodies.filter((body) => body.type === type).length);
      }
      const ids = entries.map((entry) => entry.eventId);
      expect(ids).toEqual(ids.toSorted((a, b) => a - b));
      for (const entry of entries) expect(entry.lastEventId).toBeGreaterThanOrEqual(entry.eventId);
    }),
  );
});

test('a look in between changes nothing', () => {
  fc.assert(
    fc.property(fc.array(anyBody, { maxLength: 40 }), (bodies) => {
      const looked = createLensFold();
      for (const event of numbered([started(), ...bodies])) {
        looked.add(event);
        looked.finish();
      }
      expect(looked.finish()).toEqual(lensOf(bodies));
    }),
  );
});

test('a history of fifty thousand events is at most two thousand entries: its beginning, its end and a count', () => {
  const bodies = Array.from({ length: 50_000 }, (_, index) => completed(stamp(`build ${index}`)));
  const { entries, omitted } = lensOf(bodies);
  expect(entries).toHaveLength(2_000);
  expect(omitted).toEqual({ count: 48_001, afterEventId: 1_000 });
  expect(entries[0]?.fact.kind).toBe('started');
  expect(entries[1_000]?.author?.buildId).toBe('build 49000');
  expect(entries.at(-1)?.author?.buildId).toBe('build 49999');
});

test('a loop of one build is one entry, however long', () => {
  const { entries, omitted } = lensOf(Array.from({ length: 50_000 }, () => completed(stamp('a'))));
  expect(entries).toHaveLength(2);
  expect(entries[1]?.count).toBe(50_000);
  expect(omitted).toBeNull();
});
