import { describe, expect, it } from 'vitest';
import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import type { DeclaredFact } from '#lib/domain/verdict/declared-facts.ts';
import { blocksForSure } from '#lib/domain/verdict/first-blocker.ts';
import type { PatchQuestion } from '#lib/domain/verdict/question.ts';
import {
  build,
  callbackInUse,
  callOf,
  manifest,
  noCallback,
  oneCode,
  proof,
} from '#lib/domain/verdict/testing/facts.ts';
import {
  at,
  coreMarker,
  deprecated,
  live,
  PATCH,
  run,
  startedTask,
  tasks,
  TYPESCRIPT_HASHED,
  versionMarker,
} from '#lib/domain/verdict/testing/runs.ts';

const remove = { name: 'remove' } as const;
const deprecate = { name: 'deprecate' } as const;

function blocks(own: CensusRun, question: PatchQuestion = remove, facts: readonly DeclaredFact[] = []) {
  return blocksForSure(own, { question, patchId: PATCH, facts, target: null });
}

describe('a run blocks for sure', () => {
  it('by its marker', () => {
    expect(blocks(run('a', { markers: [live] }))).toBe(true);
    expect(blocks(run('a', { markers: [live] }), deprecate)).toBe(false);
    expect(blocks(run('a', { markers: [deprecated] }))).toBe(false);
    const version = run('a', { markers: [versionMarker(PATCH, 1)] });
    expect(blocks(version, { name: 'raise-min', version: 2 })).toBe(true);
    expect(blocks(version, { name: 'raise-min', version: 1 })).toBe(false);
    expect(blocks(version, { name: 'drop-call', version: 2 })).toBe(true);
  });

  it('by a full label that its own markers fill', () => {
    const markers = [deprecated, coreMarker('x'.repeat(2_100), false, at(1))];
    expect(blocks(run('a', { tasks: tasks('v1', 'v1'), markers }))).toBe(true);
  });

  it('by a task of who can never be shown to have the call', () => {
    const own = run('a', { tasks: tasks('v1') });
    expect(blocks(own)).toBe(true);
    expect(blocks(own, remove, [oneCode('other')])).toBe(true);
    expect(blocks(run('a', { tasks: tasks({ buildId: null }) }), remove, [oneCode()])).toBe(true);
    expect(blocks(own, remove, [oneCode(), manifest(build('v1'), [callOf('none')])])).toBe(true);
    expect(blocks(own, deprecate, [oneCode(), manifest(build('v1'), [callOf('none')])])).toBe(true);
  });

  it('by a callback in use', () => {
    const own = run('a', { tasks: tasks('v1') });
    expect(blocks(own, deprecate, [oneCode(), callbackInUse])).toBe(true);
    expect(blocks(own, deprecate, [oneCode(), noCallback])).toBe(false);
    expect(blocks(own, deprecate, [oneCode()])).toBe(false);
  });
});

describe('it may yet be cleared', () => {
  it('when who worked on it may still be shown to have the call, to deprecate, or to record what stays', () => {
    expect(blocks(run('a', { tasks: tasks('v1') }), remove, [oneCode()])).toBe(false);
    expect(blocks(run('a', { tasks: tasks(TYPESCRIPT_HASHED) }), deprecate, [noCallback])).toBe(false);
    const started = run('a', { tasks: [startedTask(0)] });
    expect(blocks(started, remove, [oneCode(), noCallback])).toBe(false);
    expect(blocks(started, { name: 'raise-min', version: 2 }, [oneCode(), noCallback])).toBe(false);
  });

  it('when a deprecator may have completed its last task', () => {
    const own = run('a', { tasks: tasks({ buildId: null }, 'v3') });
    expect(blocks(own, remove, [oneCode(), noCallback])).toBe(false);
    expect(blocks(own, deprecate, [oneCode(), noCallback])).toBe(true);
    expect(blocks(own, remove, [noCallback])).toBe(true);
  });

  it('by a proof of this run', () => {
    const own = run('a', { tasks: tasks('v1') });
    expect(blocks(own, remove, [proof('a', 100, remove)])).toBe(false);
    expect(blocks(own, remove, [proof('b', 100, remove)])).toBe(true);
    expect(blocks(run('a', { markers: [live] }), remove, [proof('a', 100, remove)])).toBe(true);
  });

  it('while it is not read, has no task or is fenced', () => {
    expect(blocks(run('a', { isUnread: true }))).toBe(false);
    expect(blocks(run('a', { markers: [live], unreadable: [{ eventId: 1, reason: 'not-json' }] }))).toBe(false);
    expect(blocks(run('a', { tasks: [] }))).toBe(false);
    const pinned = run('a', { markers: [live], pinnedByWorker: 'd:v1' });
    const target = { build: 'd:v2', setsByQueue: new Map() };
    expect(blocksForSure(pinned, { question: remove, patchId: PATCH, facts: [], target })).toBe(false);
  });
});
