import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { createInterner } from '#lib/domain/census/intern.ts';
import { shareFacts, shareSummary } from '#lib/domain/census/share-facts.ts';
import { factsOf, markerOf, summaryOf, taskOf } from '#lib/domain/census/test-runs.ts';

const stamp = (buildId: string) => ({ buildId, useVersioning: false, deploymentVersion: null });

test('equal names of many runs are one object', () => {
  const interner = createInterner();
  const one = shareSummary(summaryOf({ buildIds: ['unversioned:b'] }), interner);
  const two = shareSummary(summaryOf({ runId: '2', buildIds: ['unversioned:b'] }), interner);
  expect(two.buildIds).toBe(one.buildIds);
  const facts = shareFacts(
    factsOf({ tasks: [taskOf({ startedEventId: 3 }), taskOf({ startedEventId: 9 })] }),
    summaryOf(),
    interner,
  );
  expect(facts.tasks[1]?.worker).toBe(facts.tasks[0]?.worker);
});

test('a stretch of one identity keeps its ends, its markers’ tasks and the task under way', () => {
  const tasks = [
    ...[2, 12, 22, 32, 42].map((startedEventId) => taskOf({ startedEventId, worker: stamp('a') })),
    ...[52, 62, 72].map((startedEventId) => taskOf({ startedEventId, worker: stamp('b') })),
    taskOf({ startedEventId: 82, worker: stamp('b'), completedEventId: null }),
  ];
  const markers = [markerOf({ kind: 'core', id: 'p', deprecated: false, workflowTaskCompletedEventId: 23 })];
  const shared = shareFacts(factsOf({ tasks, markers }), summaryOf(), createInterner());
  expect(shared.tasks.map((task) => task.startedEventId)).toEqual([2, 22, 42, 52, 82]);
  expect(shareFacts(shared, summaryOf(), createInterner())).toEqual(shared);
});

test('a stretch ends where queue, SDK, its version, build or versioning change', () => {
  const changes = [
    { taskQueue: 'other' },
    { sdkName: 'temporal-go' },
    { sdkVersion: '2.0.0' },
    { worker: stamp('b') },
    { worker: { ...stamp('a'), useVersioning: true } },
    { worker: { ...stamp('a'), deploymentVersion: 'd:a' } },
  ];
  for (const change of changes) {
    const same = [2, 12, 22].map((startedEventId) => taskOf({ startedEventId, worker: stamp('a') }));
    const other = [32, 42, 52].map((startedEventId) => taskOf({ startedEventId, worker: stamp('a'), ...change }));
    const shared = shareFacts(factsOf({ tasks: [...same, ...other] }), summaryOf(), createInterner());
    expect(shared.tasks.map((task) => task.startedEventId)).toEqual([2, 22, 32, 52]);
  }
});

test('sharing changes no value', () => {
  const facts = factsOf({
    markers: [markerOf({ kind: 'version', id: 'c', version: 2 })],
    labels: ['c-2'],
    tasks: [taskOf({ startedEventId: 3, worker: { buildId: null, useVersioning: true, deploymentVersion: 'd:1' } })],
    pinnedByWorker: 'd:1',
    versioningOverride: 'd:2',
    nondeterminismFailure: { message: 'x', timeMs: 7 },
  });
  expect(shareFacts(facts, summaryOf(), createInterner())).toEqual(facts);
});

test('more different names than the table holds stay right', () => {
  const interner = createInterner();
  const names = Array.from({ length: 50_000 }, (_, index) => `name-${index}`);
  expect(names.map(interner.text)).toEqual(names);
});

test('stamps are one object when they are equal, and only then', () => {
  const name = fc.option(fc.constantFrom('', '-', '+', ':', '1:', 'a', '1:a', 'a+b', '3:a+b', '-+a'), { nil: null });
  const anyStamp = fc.record({ buildId: name, useVersioning: fc.boolean(), deploymentVersion: name });
  const interner = createInterner();
  fc.assert(
    fc.property(anyStamp, anyStamp, (left, right) => {
      const isSame = interner.stamp(left) === interner.stamp(right);
      expect(isSame).toBe(JSON.stringify(left) === JSON.stringify(right));
      expect(interner.stamp(left)).toEqual(left);
    }),
    { numRuns: 2_000 },
  );
});
