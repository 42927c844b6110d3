import { describe, expect, it } from 'vitest';
import { createLensFold } from '#lib/domain/run-lens/fold-run-lens.ts';
import {
  type Body,
  completed,
  failed,
  json,
  labels,
  numbered,
  patched,
  scheduled,
  stamp,
  started,
  taken,
} from '#lib/domain/run-lens/testing/events.ts';

function fold(...bodies: Body[]) {
  const lens = createLensFold();
  for (const event of numbered(bodies)) lens.add(event);
  return lens.finish().entries;
}

/** What the entries tell, without the start, events and times. */
const facts = (...bodies: Body[]) =>
  fold(started(), ...bodies)
    .map((entry) => entry.fact)
    .slice(1);

const one = stamp('one');
const two = stamp('two');
const inSet = stamp('one', { useVersioning: true });

describe('the start', () => {
  it('names type and queue', () => {
    expect(fold(started())).toEqual([
      {
        eventId: 1,
        lastEventId: 1,
        timeMs: 0,
        lastTimeMs: 0,
        count: 1,
        author: null,
        fact: {
          kind: 'started',
          workflowType: 'Order',
          taskQueue: 'orders',
          continuedFromRunId: null,
          parent: null,
          inheritedBuildId: null,
        },
      },
    ]);
  });

  it('names where the run comes from and what it inherits', () => {
    const parent = { namespace: 'n', workflowId: 'p', runId: 'r' };
    const [first, ...rest] = fold(
      started({
        continuedFromRunId: 'before',
        parent,
        inheritedBuildId: 'one',
        inheritedPin: 'd:1',
        versioningOverride: 'd:2',
      }),
    );
    expect(first?.fact).toMatchObject({ continuedFromRunId: 'before', parent, inheritedBuildId: 'one' });
    expect(rest.map((entry) => entry.fact)).toEqual([
      { kind: 'pinned', to: 'd:1' },
      { kind: 'override', to: 'd:2' },
    ]);
  });
});

describe('workflow tasks', () => {
  it('of one build are one entry, whichever worker completed them', () => {
    const [, tasks, ...rest] = fold(
      started(),
      scheduled,
      taken(one),
      completed(one, { sdk: '1.0', identity: 'a' }),
      { type: 'other', name: 'TIMER_FIRED' },
      scheduled,
      taken(one, 'b'),
      completed(one, { identity: 'b' }),
    );
    expect(rest).toEqual([]);
    expect(tasks).toMatchObject({
      eventId: 4,
      lastEventId: 8,
      timeMs: 3_000,
      lastTimeMs: 7_000,
      count: 2,
      author: { buildId: 'one', identities: ['a', 'b'], hasMoreIdentities: false, sdkVersion: '1.0' },
      fact: { kind: 'tasks-completed' },
    });
  });

  it('keep the first three identities and say that there are more', () => {
    const workers = ['a', 'b', 'c', 'd', 'a'].map((identity) => completed(one, { identity }));
    expect(fold(started(), ...workers)[1]?.author).toMatchObject({
      identities: ['a', 'b', 'c'],
      hasMoreIdentities: true,
    });
  });

  it.each([
    ['another build', completed(two)],
    ['another SDK version', completed(one, { sdk: '2.0' })],
    ['the same build as a version set', completed(inSet)],
    ['the same build as a deployment', completed(stamp('one', { deploymentVersion: 'd:one' }))],
  ])('by %s begin a new entry', (_, next) => {
    expect(fold(started(), completed(one, { sdk: '1.0' }), next).map((entry) => entry.count)).toEqual([1, 1, 1]);
  });

  it('that are parted by a marker stay apart', () => {
    expect(facts(completed(one), patched({ id: 'a', deprecated: false }, 2), completed(one))).toMatchObject([
      { kind: 'tasks-completed' },
      { kind: 'patch' },
      { kind: 'tasks-completed' },
    ]);
  });

  it('that are under way stand last', () => {
    const entries = fold(started(), completed(one), scheduled, taken(two, 'w2'));
    expect(entries.at(-1)).toMatchObject({
      eventId: 4,
      author: { buildId: 'two', identities: ['w2'], sdkName: null },
      fact: { kind: 'task-running' },
    });
  });

  it('that are under way stand where they began', () => {
    expect(facts(taken(one), { type: 'options-updated', versioningOverride: 'd:2' })).toMatchObject([
      { kind: 'task-running' },
      { kind: 'override' },
    ]);
  });

  it('that ended are not under way', () => {
    expect(facts(taken(one), scheduled)).toEqual([]);
    expect(
      facts(taken(one), { type: 'workflow-execution-closed', status: 'terminated', newRunId: null }),
    ).toMatchObject([{ kind: 'closed' }]);
  });
});

describe('failures', () => {
  it('name the worker that had started the task', () => {
    const cause = 'NON_DETERMINISTIC_ERROR';
    const entries = fold(started(), scheduled, taken(two, 'w2'), failed(cause, '[TMPRL1100] no call'));
    expect(entries.at(-1)).toMatchObject({
      author: { buildId: 'two', identities: ['w2'] },
      fact: { kind: 'task-failed', cause, message: '[TMPRL1100] no call', isNondeterminism: true },
    });
  });

  it('that repeat are one entry, by another build another', () => {
    const again = [scheduled, taken(two), failed('X', 'm')];
    const entries = fold(started(), ...again, ...again, scheduled, taken(one), failed('X', 'm'));
    expect(entries.map((entry) => [entry.count, entry.lastEventId])).toEqual([
      [1, 1],
      [2, 7],
      [1, 10],
    ]);
  });

  it('keep the beginning of a long message', () => {
    expect(facts(failed('X', 'y'.repeat(9_000)))).toMatchObject([
      { message: 'y'.repeat(500), isNondeterminism: false },
    ]);
  });

  it('by a timeout say which', () => {
    const [, timeout] = fold(started(), taken(one), { type: 'workflow-task-timed-out', timeout: 'START_TO_CLOSE' });
    expect(timeout).toMatchObject({
      author: { buildId: 'one' },
      fact: { kind: 'task-timed-out', timeout: 'START_TO_CLOSE' },
    });
  });
});

describe('markers and labels', () => {
  it('tell each call, its kind and its writer', () => {
    const version: Body = {
      type: 'marker-recorded',
      markerName: 'Version',
      details: { 'change-id': [json('v')], version: [json(3)] },
      workflowTaskCompletedEventId: 2,
    };
    const entries = fold(started(), completed(one), patched({ id: 'a', deprecated: true }, 2), version);
    expect(entries.slice(2)).toMatchObject([
      {
        author: { buildId: 'one' },
        fact: { kind: 'patch', patch: { kind: 'core', id: 'a' }, deprecated: true, version: null },
      },
      { fact: { kind: 'patch', patch: { kind: 'version', id: 'v' }, deprecated: null, version: 3 } },
    ]);
  });

  it('name no writer when the task is another one', () => {
    expect(fold(started(), completed(one), patched({ id: 'a', deprecated: false }, 99)).at(-1)?.author).toBeNull();
  });

  it('say why one cannot be read, and pass over markers of other things', () => {
    const marker = (markerName: string, encoding: string): Body => ({
      type: 'marker-recorded',
      markerName,
      details: { 'patch-data': [{ encoding, data: new Uint8Array([1]) }] },
      workflowTaskCompletedEventId: 0,
    });
    expect(facts(marker('core_patch', 'binary/encrypted'), marker('core_local_activity', 'json/plain'))).toEqual([
      { kind: 'unreadable-marker', reason: 'encrypted-or-encoded' },
    ]);
  });

  it('tell what an upsert adds', () => {
    expect(facts(labels(['a']), labels(['a', 'b']), labels(['b']), labels('c'))).toEqual([
      { kind: 'labels', added: ['a'], total: 1 },
      { kind: 'labels', added: ['b'], total: 2 },
      { kind: 'labels', added: ['c'], total: 1 },
    ]);
  });

  it('say when a list cannot be read, and pass over upserts of other attributes', () => {
    const other: Body = { type: 'search-attributes-upserted', changeVersion: null, workflowTaskCompletedEventId: 0 };
    expect(facts(labels(7), other)).toEqual([{ kind: 'labels', added: [], total: null }]);
  });
});

describe('what decides where the run goes', () => {
  it('is a reset, with both runs', () => {
    expect(
      facts(completed(one), scheduled, taken(one), failed('RESET_WORKFLOW', 'because', 'new', 'base')),
    ).toMatchObject([{ kind: 'tasks-completed' }, { kind: 'reset', fromRunId: 'base', newRunId: 'new' }]);
  });

  it('is an override and a pin, told when they change', () => {
    const deployed = stamp('1', { deploymentVersion: 'd:1' });
    expect(
      facts(
        completed(deployed, { isPinned: true }),
        completed(deployed, { isPinned: true }),
        { type: 'options-updated', versioningOverride: 'd:2' },
        { type: 'options-updated', versioningOverride: null },
        completed(deployed),
      ),
    ).toMatchObject([
      { kind: 'tasks-completed' },
      { kind: 'pinned', to: 'd:1' },
      { kind: 'tasks-completed' },
      { kind: 'override', to: 'd:2' },
      { kind: 'override', to: null },
      { kind: 'tasks-completed' },
      { kind: 'pinned', to: null },
    ]);
  });

  it('is how it closed, and the run that follows', () => {
    const close = (more: Partial<Extract<Body, { type: 'workflow-execution-closed' }>>): Body => ({
      type: 'workflow-execution-closed',
      status: 'continued-as-new',
      newRunId: 'next',
      ...more,
    });
    const end = (more: Parameters<typeof close>[0]) => fold(started(), completed(inSet), close(more)).at(-1);
    expect(end({ next: { taskQueue: 'orders', keepsBuild: true } })).toMatchObject({
      author: { buildId: 'one' },
      fact: { kind: 'closed', status: 'continued-as-new', newRunId: 'next', isByReset: false, leavesBuild: false },
    });
    expect(end({ next: { taskQueue: 'orders', keepsBuild: false } })?.fact).toMatchObject({ leavesBuild: true });
    expect(end({ next: { taskQueue: 'elsewhere', keepsBuild: false } })?.fact).toMatchObject({ leavesBuild: false });
    expect(end({ status: 'terminated', newRunId: null, isByReset: true })).toMatchObject({
      author: null,
      fact: { status: 'terminated', isByReset: true },
    });
  });
});

describe('commands that leave the run’s version set', () => {
  const activity = (taskQueue: string, keepsBuild: boolean): Body => ({
    type: 'activity-scheduled',
    activityType: 'ship',
    taskQueue,
    keepsBuild,
  });
  const child: Body = {
    type: 'child-workflow-initiated',
    workflowType: 'Refund',
    taskQueue: 'orders',
    keepsBuild: false,
  };

  it('are told with their type', () => {
    expect(facts(completed(inSet), activity('orders', false), child)).toEqual([
      { kind: 'tasks-completed' },
      { kind: 'leaves-build', command: 'activity', name: 'ship', taskQueue: 'orders' },
      { kind: 'leaves-build', command: 'child-workflow', name: 'Refund', taskQueue: 'orders' },
    ]);
  });

  it.each([
    ['that keep the build', inSet, activity('orders', true)],
    ['on another queue, where no build can be kept', inSet, activity('elsewhere', false)],
    ['of an unversioned worker', one, activity('orders', false)],
    ['of a deployment', stamp('1', { useVersioning: true, deploymentVersion: 'd:1' }), child],
  ])('are not those %s', (_, worker, command) => {
    expect(facts(completed(worker), command)).toEqual([{ kind: 'tasks-completed' }]);
  });

  it('of a loop are counted, with the tasks around them', () => {
    const turn = [completed(inSet), activity('orders', false)];
    expect(fold(started(), ...turn, ...turn, ...turn).map((entry) => [entry.count, entry.lastEventId])).toEqual([
      [1, 1],
      [3, 6],
      [3, 7],
    ]);
  });
});
