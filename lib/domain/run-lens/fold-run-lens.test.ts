import { describe, expect, it } from 'vitest';
import {
  type Body,
  completed,
  failed,
  json,
  labels,
  patched,
  scheduled,
  stamp,
  started,
  taken,
} from '#lib/domain/run-lens/testing/events.ts';
import { factsAfterStart, fold } from '#lib/domain/run-lens/testing/fold.ts';

const facts = factsAfterStart;
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
