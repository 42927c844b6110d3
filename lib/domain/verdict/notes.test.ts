import { describe, expect, it } from 'vitest';
import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import type { DeclaredFact } from '#lib/domain/verdict/declared-facts.ts';
import { notesOf } from '#lib/domain/verdict/notes.ts';
import { typeEvidence } from '#lib/domain/verdict/testing/evidence.ts';
import { build, callOf, corePatch, floor, manifest, versionPatch } from '#lib/domain/verdict/testing/facts.ts';
import { holdersFrom } from '#lib/domain/verdict/testing/holders.ts';
import { coreMarker, deprecated, live, PATCH, run, tasks, versionMarker } from '#lib/domain/verdict/testing/runs.ts';
import type { Note } from '#lib/domain/verdict/types.ts';

interface Given {
  readonly witnesses?: readonly CensusRun[];
  readonly closedRuns?: number | null;
  readonly facts?: readonly DeclaredFact[];
  readonly name?: 'remove' | 'raise-min';
}

function notes(
  runs: readonly CensusRun[],
  { witnesses = [], closedRuns = 0, facts = [], name = 'remove' }: Given = {},
) {
  const question = name === 'remove' ? ({ name } as const) : ({ name, version: 2 } as const);
  const patch = name === 'remove' ? corePatch : versionPatch;
  const holders = holdersFrom([...runs, ...witnesses], facts, patch);
  const { book } = holders;
  return notesOf(typeEvidence({ runs, witnesses, closedRuns }), runs, { question, patchId: PATCH, book, holders });
}

const told = (all: readonly Note[]) => all.map(({ code, count }) => [code, count]);

describe('a left-over label', () => {
  it('is told of runs that were read and hold no marker', () => {
    const runs = [
      run('a', { runLabels: [PATCH] }),
      run('b', { runLabels: ['x', PATCH], markers: [coreMarker('other', true), versionMarker(PATCH, 1)] }),
      run('c', { runLabels: [PATCH], markers: [deprecated] }),
      run('d', { runLabels: [PATCH], isUnread: true }),
      run('e', { runLabels: ['MY-PATCH'] }),
      run('f'),
    ];
    const [note, ...more] = notes(runs);
    expect(more).toEqual([]);
    expect(note).toMatchObject({ code: 'label-only', count: 2, examples: [{ runId: 'a' }, { runId: 'b' }] });
  });

  it('is read as its kind writes it', () => {
    const labelled = [run('a', { runLabels: ['my-patch-1'] })];
    expect(told(notes(labelled))).toEqual([]);
    expect(told(notes(labelled, { name: 'raise-min' }))).toEqual([['label-only', 1]]);
  });
});

describe('closed runs', () => {
  const closed = run('z', { tasks: [], closeMs: 5 });

  it('that were not looked at are counted', () => {
    expect(notes([], { closedRuns: 7 })).toEqual([{ code: 'closed-not-looked-at', count: 7, examples: [] }]);
    expect(told(notes([], { closedRuns: null }))).toEqual([['closed-not-looked-at', null]]);
    expect(told(notes([], { closedRuns: 0 }))).toEqual([]);
  });

  it('that were all judged are not', () => {
    expect(told(notes([closed, run('a', { tasks: [] })], { closedRuns: 1 }))).toEqual([]);
    expect(told(notes([closed, run('a', { tasks: [] })], { closedRuns: 2 }))).toEqual([['closed-not-looked-at', 2]]);
  });
});

describe('workflow tasks that fail by nondeterminism', () => {
  it('are told with their runs', () => {
    const failing = { nondeterminismFailure: { message: 'x', timeMs: 5 } };
    const all = notes([run('a', failing), run('b'), run('c', { isUnread: true })]);
    expect(all).toMatchObject([{ code: 'nondeterminism', count: 1, examples: [{ runId: 'a', buildId: 'v1' }] }]);
  });
});

describe('a call that went too early', () => {
  const carrier = run('a', { tasks: tasks('v2'), markers: [deprecated] });
  const newest = run('n', { tasks: tasks({ buildId: 'v4', timeMs: 9_000 }) });

  it('is told when the newest code does not write what others wrote', () => {
    expect(notes([carrier, newest])).toMatchObject([
      { code: 'newest-stopped-writing', count: 1, examples: [{ runId: 'a' }] },
    ]);
    // By the first task, not by the last: v2 goes on working.
    const goesOn = run('g', { tasks: tasks('v2', { buildId: 'v2', timeMs: 99_000 }) });
    expect(told(notes([goesOn, newest, carrier]))).toEqual([['newest-stopped-writing', 1]]);
  });

  it('is none when the newest has the call, by its record or by what is declared', () => {
    const later = run('l', { tasks: tasks({ buildId: 'v5', timeMs: 10_000 }), markers: [{ ...live, timeMs: 10_000 }] });
    expect(told(notes([carrier, newest, later]))).toEqual([]);
    expect(told(notes([carrier, newest], { facts: [manifest(build('v4'), [callOf('patched')])] }))).toEqual([]);
    expect(told(notes([carrier, newest], { facts: [manifest(build('v4'), [callOf('none')])] }))).toEqual([
      ['newest-stopped-writing', 1],
    ]);
    expect(told(notes([carrier, newest], { facts: [floor('patched', { sinceMs: 9_000 })] }))).toEqual([]);
    expect(told(notes([carrier, newest], { facts: [floor('patched', { sinceMs: 9_001 })] }))).toEqual([
      ['newest-stopped-writing', 1],
    ]);
  });

  it('is none when one of those that came last together writes it', () => {
    const together = run('t', { tasks: tasks({ buildId: 'v6', timeMs: 9_000 }) });
    expect(told(notes([carrier, newest, together]))).toEqual([['newest-stopped-writing', 1]]);
    const writes = run('t', { tasks: tasks({ buildId: 'v6', timeMs: 9_000 }), markers: [{ ...live, timeMs: 9_000 }] });
    expect(told(notes([carrier, newest, writes]))).toEqual([]);
    expect(told(notes([writes, carrier, newest]))).toEqual([]);
    const declared = { facts: [manifest(build('v6'), [callOf('patched')])] };
    expect(told(notes([carrier, newest, together], declared))).toEqual([]);
  });

  it('is none when nobody ever wrote it, or when no run needs it', () => {
    expect(told(notes([newest]))).toEqual([]);
    expect(told(notes([newest], { witnesses: [carrier] }))).toEqual([]);
    expect(told(notes([], { witnesses: [] }))).toEqual([]);
  });

  it('does not look at identities that worked on other types alone', () => {
    const elsewhere = run('e', { type: 'U', tasks: tasks({ buildId: 'v9', timeMs: 99_000 }), markers: [live] });
    expect(told(notes([carrier], { witnesses: [elsewhere] }))).toEqual([]);
  });

  it('comes after failing tasks and before left-over labels', () => {
    const failing = run('f', { nondeterminismFailure: { message: 'x', timeMs: 5 }, runLabels: [PATCH] });
    expect(told(notes([carrier, newest, failing], { closedRuns: 3 }))).toEqual([
      ['nondeterminism', 1],
      ['newest-stopped-writing', 1],
      ['label-only', 1],
      ['closed-not-looked-at', 3],
    ]);
  });
});
