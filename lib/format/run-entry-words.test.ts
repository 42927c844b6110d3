import { describe, expect, it } from 'vitest';
import type { LensFact } from '#lib/domain/run-lens/types.ts';
import {
  authorName,
  entryBadge,
  entryPhrase,
  entryText,
  isRoutingRecorded,
  routingWord,
} from '#lib/format/run-entry-words.ts';

const text = (fact: LensFact, count = 1) => entryText({ fact, count });
const STARTED: LensFact = {
  kind: 'started',
  workflowType: 'Order',
  taskQueue: 'orders',
  continuedFromRunId: null,
  parent: null,
  inheritedBuildId: null,
};
const CLOSED: LensFact = { kind: 'closed', status: 'completed', newRunId: null, isByReset: false, leavesBuild: false };
const FAILED: LensFact = { kind: 'task-failed', cause: 'X', message: 'm', isNondeterminism: false };

describe('an entry in words', () => {
  it.each<[LensFact, number, string]>([
    [STARTED, 1, 'Started Order on orders'],
    [
      {
        ...STARTED,
        continuedFromRunId: 'r0',
        parent: { namespace: 'n', workflowId: 'p', runId: 'r' },
        inheritedBuildId: 'b1',
      },
      1,
      'Started Order on orders, continued from run r0, child of p, in the version set of b1',
    ],
    [{ kind: 'tasks-completed' }, 1, '1 workflow task completed'],
    [{ kind: 'tasks-completed' }, 1_200, '1,200 workflow tasks completed'],
    [{ kind: 'task-running' }, 1, 'Workflow task under way'],
    [FAILED, 1, 'Workflow task failed: X task failed m'],
    [
      { ...FAILED, isNondeterminism: true },
      3,
      '3 workflow tasks failed: the code does not match the history nondeterminism m',
    ],
    [
      { kind: 'task-timed-out', timeout: 'SCHEDULE_TO_START' },
      1,
      'No worker took the workflow task from its sticky queue in time',
    ],
    [
      { kind: 'task-timed-out', timeout: 'START_TO_CLOSE' },
      2,
      'The worker did not complete the workflow task in time (2 times) timed out',
    ],
    [
      { kind: 'patch', patch: { kind: 'core', id: 'a' }, deprecated: false, version: null },
      1,
      'Live marker (patched): a',
    ],
    [
      { kind: 'patch', patch: { kind: 'core', id: 'a' }, deprecated: true, version: null },
      1,
      'Deprecated marker (deprecate_patch): a',
    ],
    [
      { kind: 'patch', patch: { kind: 'version', id: 'a' }, deprecated: null, version: -1 },
      1,
      'Marker of version -1 (GetVersion): a',
    ],
    [
      { kind: 'unreadable-marker', reason: 'not-json' },
      1,
      'Marker that cannot be read: its payload is not JSON unreadable',
    ],
    [{ kind: 'labels', added: ['a'], total: 4 }, 1, 'Label added: a'],
    [{ kind: 'labels', added: ['a', 'b', 'c', 'd', 'e'], total: 5 }, 1, 'Labels added: a, b, c and 2 more'],
    [{ kind: 'labels', added: [], total: null }, 1, 'Labels that cannot be read unreadable'],
    [{ kind: 'reset', fromRunId: 'r0', newRunId: 'r1' }, 1, 'Reset: the entries before are of run r0'],
    [{ kind: 'override', to: null }, 1, 'Versioning override taken away'],
    [{ kind: 'override', to: 'auto-upgrade' }, 1, 'Versioning override: auto-upgrade'],
    [{ kind: 'override', to: 'd:1' }, 1, 'Versioning override: pinned to d:1'],
    [{ kind: 'pinned', to: 'd:1' }, 1, 'Pinned to d:1'],
    [{ kind: 'pinned', to: null }, 1, 'Pinned no longer'],
    [
      { kind: 'leaves-build', command: 'activity', name: 'ship', taskQueue: 'q' },
      1,
      'Activity ship goes to the queue’s default build, not the run’s leaves the version set',
    ],
    [
      { kind: 'leaves-build', command: 'child-workflow', name: 'Refund', taskQueue: 'q' },
      12,
      '12 child workflows of type Refund go to the queue’s default build, not the run’s leaves the version set',
    ],
    [CLOSED, 1, 'Completed'],
    [{ ...CLOSED, newRunId: 'r1' }, 1, 'Completed, followed by run r1'],
    [{ ...CLOSED, status: 'terminated', isByReset: true }, 1, 'Terminated by a reset'],
    [
      { ...CLOSED, status: 'continued-as-new', newRunId: 'r1', leavesBuild: true },
      1,
      'Continued as new in run r1, on the queue’s default build leaves the version set',
    ],
  ])('%j × %i', (fact, count, words) => {
    expect(text(fact, count)).toBe(words);
  });

  it('leads to the queue, the patch and the runs that it names', () => {
    const links = (fact: LensFact) =>
      entryPhrase({ fact, count: 1 }).flatMap((part) => (typeof part === 'string' ? [] : [part.link ?? null]));
    expect(
      links({ ...STARTED, continuedFromRunId: 'r0', parent: { namespace: 'n', workflowId: 'p', runId: 'r' } }),
    ).toEqual([
      null,
      { to: 'queue', name: 'orders' },
      { to: 'run', namespace: null, workflowId: null, runId: 'r0' },
      { to: 'run', namespace: 'n', workflowId: 'p', runId: 'r' },
    ]);
    expect(links({ kind: 'patch', patch: { kind: 'core', id: 'a' }, deprecated: true, version: null })).toEqual([
      { to: 'patch', patch: { kind: 'core', id: 'a' } },
    ]);
  });

  it('escapes what could hide or reorder text', () => {
    expect(text({ ...STARTED, workflowType: 'a\u202eb\n' })).toContain('a\\u{202e}b\\n');
    expect(text({ ...FAILED, message: 'a\nb' })).toContain('a\\nb');
  });
});

it('a badge is blocked for nondeterminism alone, and unknown for what cannot be read', () => {
  expect(entryBadge({ ...FAILED, isNondeterminism: true })?.meaning).toBe('blocked');
  expect(entryBadge(FAILED)?.meaning).toBe('attention');
  expect(entryBadge({ kind: 'unreadable-marker', reason: 'not-json' })?.meaning).toBe('unknown');
  expect(entryBadge({ kind: 'task-timed-out', timeout: 'SCHEDULE_TO_START' })).toBeNull();
});

it('an author is named by what routing knows', () => {
  const author = {
    buildId: '1',
    useVersioning: true,
    deploymentVersion: null,
    identities: [],
    hasMoreIdentities: false,
    sdkName: null,
    sdkVersion: null,
  };
  expect([authorName(author), routingWord(author)]).toEqual(['1', 'version set']);
  const deployed = { ...author, deploymentVersion: 'd:1' };
  expect([authorName(deployed), routingWord(deployed)]).toEqual(['d:1', 'deployment version']);
  const plain = { ...author, buildId: null, useVersioning: false };
  expect([authorName(plain), routingWord(plain)]).toEqual([null, 'unversioned']);
  expect(isRoutingRecorded({ kind: 'tasks-completed' })).toBe(true);
  expect(isRoutingRecorded({ kind: 'task-running' })).toBe(false);
});
