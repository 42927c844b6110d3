import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseBuildIdValue } from '#lib/domain/census/build-id-values.ts';
import { tallyTaskQueues } from '#lib/domain/census/tally-task-queues.ts';
import { runOf } from '#lib/domain/census/test-runs.ts';

test.each([
  ['versioned:deadbeef', { buildId: 'deadbeef', isVersioned: true }],
  ['versioned:a:b', { buildId: 'a:b', isVersioned: true }],
  ['assigned:x', { buildId: 'x', isVersioned: true }],
  ['pinned:dep:v1', { buildId: 'dep:v1', isVersioned: true }],
  ['unversioned:x', { buildId: 'x', isVersioned: false }],
  ['unversioned', null],
  ['unversioned:', null],
  ['surprise', null],
])('BuildIds value %s', (value, build) => {
  expect(parseBuildIdValue(value)).toEqual(build);
});

test('counts runs per queue, and once per build that touched them', () => {
  const runs = [
    runOf({ runId: '1', startTimeMs: 20, buildIds: ['assigned:x', 'versioned:x'] }, null),
    runOf({ runId: '2', startTimeMs: 10, buildIds: ['unversioned', 'unversioned:x', 'unversioned:y'] }, null),
    runOf({ runId: '3', startTimeMs: 5, taskQueue: 'mail' }, null),
  ];
  expect(tallyTaskQueues({ runs })).toEqual([
    { name: 'mail', openRuns: 1, oldestOpenStartMs: 5, builds: [] },
    {
      name: 'orders',
      openRuns: 2,
      oldestOpenStartMs: 10,
      builds: [
        { buildId: 'x', isVersioned: true, openRuns: 1, oldestOpenStartMs: 20 },
        { buildId: 'x', isVersioned: false, openRuns: 1, oldestOpenStartMs: 10 },
        { buildId: 'y', isVersioned: false, openRuns: 1, oldestOpenStartMs: 10 },
      ],
    },
  ]);
});

test('every count equals a slow count of the same runs', () => {
  const anyRun = fc.record({
    taskQueue: fc.constantFrom('a', 'b', '__proto__'),
    startTimeMs: fc.nat(100),
    buildIds: fc.array(fc.constantFrom('versioned:x', 'assigned:x', 'unversioned:x', 'unversioned', 'versioned:y:z')),
  });
  fc.assert(
    fc.property(fc.array(anyRun), (summaries) => {
      const tallies = tallyTaskQueues({ runs: summaries.map((summary) => runOf(summary, null)) });
      expect(tallies.reduce((sum, queue) => sum + queue.openRuns, 0)).toBe(summaries.length);
      for (const queue of tallies) {
        const own = summaries.filter((summary) => summary.taskQueue === queue.name);
        expect(queue.openRuns).toBe(own.length);
        expect(queue.oldestOpenStartMs).toBe(Math.min(...own.map((summary) => summary.startTimeMs)));
        for (const build of queue.builds) {
          const values = build.isVersioned
            ? [`versioned:${build.buildId}`, `assigned:${build.buildId}`]
            : [`unversioned:${build.buildId}`];
          const touched = own.filter((summary) => summary.buildIds.some((value) => values.includes(value)));
          expect(build.openRuns).toBe(touched.length);
          expect(build.oldestOpenStartMs).toBe(Math.min(...touched.map((summary) => summary.startTimeMs)));
        }
      }
    }),
    { numRuns: 300 },
  );
});
