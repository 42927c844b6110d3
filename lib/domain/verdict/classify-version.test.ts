import { describe, expect, it } from 'vitest';
import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import type { DeclaredFact } from '#lib/domain/verdict/declared-facts.ts';
import { judgePatch } from '#lib/domain/verdict/judge-patch.ts';
import { allDeclared, classOf, witnesses } from '#lib/domain/verdict/testing/classes.ts';
import { evidence, worker } from '#lib/domain/verdict/testing/evidence.ts';
import { noCallback, oneCode, proof, versionFloor } from '#lib/domain/verdict/testing/facts.ts';
import {
  at,
  coreMarker,
  live,
  PATCH,
  run,
  startedTask,
  tasks,
  versionMarker,
} from '#lib/domain/verdict/testing/runs.ts';

const wrote = (version: number, changes: Parameters<typeof run>[1] = {}) =>
  run('a', { tasks: tasks('x'), markers: [versionMarker(PATCH, version)], ...changes });
const callers = [run('w', { tasks: tasks('v2'), markers: [versionMarker(PATCH, 2)], closeMs: 5_000 })];

function of(name: 'raise-min' | 'drop-call', version: number, own: CensusRun, facts: readonly DeclaredFact[] = []) {
  return classOf(evidence({ question: { name, version }, runs: [own], witnesses: callers, facts }));
}

describe('a run with the marker of GetVersion', () => {
  it('is refused by `raise-min N` below N', () => {
    expect([1, 2, 3].map((version) => of('raise-min', 2, wrote(version)))).toEqual([
      'version-refused',
      'version-kept',
      'version-kept',
    ]);
    expect(of('raise-min', 0, wrote(-1))).toBe('version-refused');
    expect(of('raise-min', -1, wrote(-1))).toBe('version-kept');
  });

  it('is refused by `drop-call M` unless it is M', () => {
    expect([1, 2, 3].map((version) => of('drop-call', 2, wrote(version)))).toEqual([
      'version-refused',
      'version-kept',
      'version-refused',
    ]);
  });

  it('of which there are two counts by the one that hinders', () => {
    const two = [versionMarker(PATCH, 3), versionMarker(PATCH, 1)];
    expect(of('raise-min', 2, wrote(0, { markers: two }))).toBe('version-refused');
    expect(of('raise-min', 2, wrote(0, { markers: two.toReversed() }))).toBe('version-refused');
  });

  it('is refused when the marker tells no version', () => {
    const without = { ...versionMarker(PATCH, 9), version: null };
    expect(of('raise-min', 2, wrote(0, { markers: [without] }))).toBe('version-refused');
    expect(of('raise-min', -1, wrote(0, { markers: [without] }))).toBe('version-refused');
    expect(of('drop-call', 2, wrote(0, { markers: [without] }))).toBe('version-refused');
  });

  it('does not survive by whoever completes later tasks: markers of GetVersion are skipped without a call', () => {
    const later = wrote(1, { tasks: tasks('x', 'v2') });
    expect(of('raise-min', 2, later, allDeclared)).toBe('version-refused');
  });

  it('says which version blocks', () => {
    const codes = (name: 'raise-min' | 'drop-call') =>
      judgePatch(evidence({ question: { name, version: 2 }, runs: [wrote(1)], workers: [worker(null)] })).reasons[0];
    expect(codes('raise-min')).toMatchObject({ code: 'version-below-min', examples: [{ runId: 'a', buildId: 'x' }] });
    expect(codes('drop-call')).toMatchObject({ code: 'version-differs', examples: [{ runId: 'a', buildId: 'x' }] });
  });
});

describe('a run without the marker of GetVersion', () => {
  const bare = (...builds: readonly string[]) => run('a', { tasks: tasks(...builds) });

  it('is not reached, or may hold the old branch, as for the other kind', () => {
    expect(of('raise-min', 2, bare('v2', 'v2'), allDeclared)).toBe('not-reached');
    expect(of('raise-min', 2, bare('v2', 'v1'), allDeclared)).toBe('may-hold-old-branch');
    expect(of('raise-min', 2, bare('v2'), [oneCode()])).toBe('unknown');
    expect(of('drop-call', 2, run('a', { tasks: [] }))).toBe('no-task-yet');
  });

  it('has no deprecators: it never survives', () => {
    const floors = [versionFloor(2, { call: 'deprecate-patch', sinceMs: 2_000 })];
    expect(of('raise-min', 2, bare('v1', 'v2'), [...allDeclared, ...floors])).toBe('may-hold-old-branch');
  });

  it('is proven for the same question and version', () => {
    const asked = { name: 'raise-min', version: 2 } as const;
    expect(of('raise-min', 2, bare('v1'), [proof('a', 100, asked)])).toBe('proven');
    expect(of('raise-min', 3, bare('v1'), [proof('a', 100, asked)])).toBe('may-hold-old-branch');
    expect(of('drop-call', 2, bare('v1'), [proof('a', 100, asked)])).toBe('may-hold-old-branch');
    // A later task by who may lack the call is in the old branch.
    expect(of('raise-min', 2, bare('v1', 'v1'), [...allDeclared, proof('a', 4, asked)])).toBe('may-hold-old-branch');
    // GetVersion itself fails in a replay that has passed the call: later, a holder records a version that stays.
    expect(of('raise-min', 2, bare('v1', 'v2'), [...allDeclared, proof('a', 4, asked)])).toBe('proven');
    expect(of('raise-min', 2, bare('v1', 'v2'), [oneCode(), proof('a', 4, asked)])).toBe('may-hold-old-branch');
    const dropped = proof('a', 4, { name: 'drop-call', version: 2 });
    expect(of('drop-call', 2, bare('v1', 'v2'), [...allDeclared, dropped])).toBe('may-hold-old-branch');
    expect(of('drop-call', 2, bare('v1'), [...allDeclared, dropped])).toBe('proven');
  });

  it('counts what the worker that has it may still record', () => {
    const started = (buildId: string, facts = allDeclared) => {
      const lower = run('w1', { tasks: tasks('v1'), markers: [versionMarker(PATCH, 1)], closeMs: 5_000 });
      const own = run('a', { tasks: [...tasks('v2'), startedTask(1, { buildId })] });
      const question = { name: 'raise-min', version: 2 } as const;
      return classOf(evidence({ question, runs: [own], witnesses: [...callers, lower], facts }));
    };
    expect(started('v2')).toBe('not-reached');
    expect(started('v1')).toBe('may-hold-old-branch');
    expect(started('v2', [oneCode(), noCallback])).toBe('unknown');
    expect(started('v1', [oneCode(), noCallback])).toBe('may-hold-old-branch');
  });

  it('has markers of the other kind', () => {
    const core = run('a', { tasks: tasks('v1'), markers: [coreMarker(PATCH, true)] });
    expect(of('raise-min', 2, core, allDeclared)).toBe('may-hold-old-branch');
  });
});

describe('label-full', () => {
  const later = coreMarker('later', false, at(1));
  const full = [PATCH, 'x'.repeat(2_048)];
  const remove = (own: CensusRun, knownPatchIds = full, facts: readonly DeclaredFact[] = allDeclared) =>
    classOf(evidence({ runs: [own], witnesses, facts, knownPatchIds }));

  it('blocks `remove` of a call whose label list may fit without it', () => {
    const marked = run('a', { tasks: tasks('v3', 'x'), markers: [coreMarker(PATCH, true), later] });
    expect(remove(marked)).toBe('label-full');
    expect(remove(marked, [PATCH])).toBe('marker-deprecated');
  });

  it('blocks runs that survived, and proven ones: a call that left no marker is in the list too', () => {
    const survived = run('a', { tasks: tasks('v1', 'v3'), markers: [later] });
    expect([remove(survived), remove(survived, [PATCH])]).toEqual(['label-full', 'survived']);
    const proven = run('a', { tasks: tasks('v1', 'v1'), markers: [later] });
    const proved = [...allDeclared, proof('a', 100, { name: 'remove' })];
    expect([remove(proven, full, proved), remove(proven, [PATCH], proved)]).toEqual(['label-full', 'proven']);
  });

  it('does not touch runs that have not come to the call, nor hide a blocker', () => {
    const notReached = run('a', { tasks: tasks('v2', 'v2'), markers: [later] });
    expect(remove(notReached)).toBe('not-reached');
    expect(remove(run('a', { tasks: tasks('v2', 'x'), markers: [live, later] }))).toBe('marker-live');
    expect(remove(run('a', { tasks: [] }))).toBe('no-task-yet');
  });

  it('is no matter for `deprecate`: the call stays', () => {
    const own = run('a', { tasks: tasks('v3', 'x'), markers: [coreMarker(PATCH, true), later] });
    const asked = evidence({ question: { name: 'deprecate' }, runs: [own], witnesses, knownPatchIds: full });
    expect(classOf(asked)).toBe('marker-deprecated');
  });

  it('names the build that wrote the marker', () => {
    const own = run('a', { tasks: tasks('v3', 'x'), markers: [coreMarker(PATCH, true), later] });
    const verdict = judgePatch(evidence({ runs: [own], knownPatchIds: full }));
    expect(verdict.reasons[0]).toMatchObject({ code: 'label-full', count: 1, examples: [{ buildId: 'v3' }] });
  });
});
