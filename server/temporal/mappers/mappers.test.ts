import proto from '@temporalio/proto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Poller } from '#lib/domain/task-queues/types.ts';
import { toKeywords } from '#server/temporal/mappers/payload.ts';
import { mergePollers, toPoller } from '#server/temporal/mappers/poller.ts';
import { toRunSummary } from '#server/temporal/mappers/run-summary.ts';
import { toReachability } from '#server/temporal/mappers/reachability.ts';
import { fromOperation, toVersionSets } from '#server/temporal/mappers/version-sets.ts';
import { jsonPayload } from '#server/temporal/testing/wire.ts';

const { TaskReachability, WorkerVersioningMode } = proto.temporal.api.enums.v1;
const ws = proto.temporal.api.workflowservice.v1;

describe('keyword lists', () => {
  test.each([
    ['a list', jsonPayload(['a', 'b']), ['a', 'b']],
    ['a bare text, as SQLite gives a list of one', jsonPayload('a'), ['a']],
    ['what is no text', jsonPayload(['a', 1, null, ['b']]), ['a']],
    ['null', jsonPayload(null), []],
    ['no JSON', { data: Uint8Array.of(0xff) }, []],
    ['no data', {}, []],
    ['none', null, []],
  ])('%s', (_, payload, expected) => {
    expect(toKeywords(payload)).toEqual(expected);
  });

  test('any texts come back', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (list) => {
        expect(toKeywords(jsonPayload(list))).toEqual(list);
      }),
    );
  });
});

test('an open run as visibility lists it', () => {
  const listed = ws.ListWorkflowExecutionsResponse.fromObject({
    executions: [
      {
        execution: { workflowId: 'w', runId: 'r' },
        type: { name: 'Order' },
        taskQueue: 'q',
        startTime: { seconds: 2, nanos: 999_999_999 },
        searchAttributes: {
          indexedFields: { BuildIds: jsonPayload('unversioned'), TemporalChangeVersion: jsonPayload(['p', 'q-1']) },
        },
      },
    ],
  });
  expect(listed.executions.map(toRunSummary)).toEqual([
    {
      workflowId: 'w',
      runId: 'r',
      workflowType: 'Order',
      taskQueue: 'q',
      startTimeMs: 2_999,
      closeTimeMs: null,
      buildIds: ['unversioned'],
      labels: ['p', 'q-1'],
    },
  ]);
});

describe('pollers', () => {
  const deployment = { deploymentName: 'd', buildId: 'b' };

  test.each([
    ['an unversioned worker that names its build', { buildId: 'b' }, undefined, 'b', false, null],
    ['a worker of a version set', { buildId: 'b', useVersioning: true }, undefined, 'b', true, null],
    ['a worker of a deployment', { buildId: 'b', useVersioning: true }, 'VERSIONED', 'b', true, 'd:b'],
    ['a worker with deployment options that route nothing', { buildId: 'b' }, 'UNVERSIONED', 'b', false, null],
    ['a worker that says nothing', {}, undefined, null, false, null],
  ] as const)('%s', (_, workerVersionCapabilities, mode, buildId, useVersioning, deploymentVersion) => {
    const deploymentOptions = mode && {
      ...deployment,
      workerVersioningMode: WorkerVersioningMode[`WORKER_VERSIONING_MODE_${mode}`],
    };
    const info = { identity: 'w', workerVersionCapabilities, ...(deploymentOptions && { deploymentOptions }) };
    expect(toPoller(info, 'workflow')).toEqual({
      identity: 'w',
      taskKind: 'workflow',
      lastPollMs: 0,
      buildId,
      useVersioning,
      deploymentVersion,
    });
  });

  const poller = fc.record<Poller>({
    identity: fc.constantFrom('a', 'b'),
    taskKind: fc.constantFrom('workflow', 'activity'),
    lastPollMs: fc.nat(5),
    buildId: fc.constantFrom('1', '2', null),
    useVersioning: fc.constant(true),
    deploymentVersion: fc.constant(null),
  });

  test('merged over partitions: each worker once, with its newest poll, in any order of partitions', () => {
    fc.assert(
      fc.property(fc.array(poller), (pollers) => {
        const merged = mergePollers(pollers);
        const isSame = (one: Poller, other: Poller) =>
          one.identity === other.identity && one.taskKind === other.taskKind && one.buildId === other.buildId;
        for (const one of merged) {
          const same = pollers.filter((other) => isSame(one, other));
          expect(one.lastPollMs).toBe(Math.max(...same.map((other) => other.lastPollMs)));
          expect(merged.filter((other) => isSame(one, other))).toHaveLength(1);
        }
        expect(pollers.every((one) => merged.some((other) => isSame(one, other)))).toBe(true);
        expect(new Set(mergePollers(pollers.toReversed()))).toEqual(new Set(merged));
      }),
    );
  });
});

test('the five operations name one thing each', () => {
  const decoded = (operation: Parameters<typeof fromOperation>[0]) =>
    ws.UpdateWorkerBuildIdCompatibilityRequest.decode(
      ws.UpdateWorkerBuildIdCompatibilityRequest.encode(fromOperation(operation)).finish(),
    ).toJSON();
  expect(decoded({ kind: 'add-new-default', buildId: 'n' })).toEqual({ addNewBuildIdInNewDefaultSet: 'n' });
  expect(decoded({ kind: 'promote-set', buildId: 'n' })).toEqual({ promoteSetByBuildId: 'n' });
  expect(decoded({ kind: 'promote-within-set', buildId: 'n' })).toEqual({ promoteBuildIdWithinSet: 'n' });
  expect(decoded({ kind: 'merge-sets', primaryBuildId: 'p', secondaryBuildId: 's' })).toEqual({
    mergeSets: { primarySetBuildId: 'p', secondarySetBuildId: 's' },
  });
  expect(decoded({ kind: 'add-new-compatible', newBuildId: 'n', existingBuildId: 'e', asQueueDefault: true })).toEqual({
    addNewCompatibleBuildId: { newBuildId: 'n', existingCompatibleBuildId: 'e', makeSetDefault: true },
  });
});

test('version sets keep their order', () => {
  expect(toVersionSets({ majorVersionSets: [{ buildIds: ['1', '2'] }, {}, { buildIds: ['3'] }] })).toEqual({
    sets: [{ buildIds: ['1', '2'] }, { buildIds: [] }, { buildIds: ['3'] }],
  });
  expect(toVersionSets({})).toEqual({ sets: [] });
});

test('reachability is that of the queue asked about', () => {
  const { TASK_REACHABILITY_NEW_WORKFLOWS, TASK_REACHABILITY_UNSPECIFIED } = TaskReachability;
  const answer = {
    buildIdReachability: [
      {
        buildId: '1',
        taskQueueReachability: [
          { taskQueue: 'other', reachability: [TASK_REACHABILITY_UNSPECIFIED] },
          { taskQueue: 'q', reachability: [TASK_REACHABILITY_NEW_WORKFLOWS, TASK_REACHABILITY_UNSPECIFIED] },
        ],
      },
      { buildId: '2' },
    ],
  };
  expect([...toReachability(answer, 'q')]).toEqual([
    ['1', ['new-workflows', 'unspecified']],
    ['2', []],
  ]);
});
