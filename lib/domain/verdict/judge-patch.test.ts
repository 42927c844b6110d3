import { describe, expect, it } from 'vitest';
import type { DeclaredFact } from '#lib/domain/verdict/declared-facts.ts';
import { judgePatch } from '#lib/domain/verdict/judge-patch.ts';
import { codesOf, evidence, safeEvidence, typeEvidence, worker } from '#lib/domain/verdict/testing/evidence.ts';
import {
  build,
  callOf,
  callsTogether,
  confirmed,
  fact,
  floor,
  manifest,
  noCallback,
  oneCode,
  proof,
  typesUsing,
  versionPatch,
} from '#lib/domain/verdict/testing/facts.ts';
import { deprecated, live, run, tasks } from '#lib/domain/verdict/testing/runs.ts';

const safeRun = run('good', { tasks: tasks('v3'), markers: [deprecated] });
const safeType = (workflowType: string, changes: Parameters<typeof typeEvidence>[0] = {}) =>
  typeEvidence({
    workflowType,
    runs: [run(`good-${workflowType}`, { type: workflowType, tasks: tasks('v3'), markers: [deprecated] })],
    workers: [worker('v3')],
    ...changes,
  });

describe('several types', () => {
  const of = (changes: Parameters<typeof evidence>[0]) => judgePatch(evidence({ facts: [oneCode()], ...changes }));

  it('are safe when each is, and no better than the worst', () => {
    const types = [safeType('T'), safeType('U')];
    expect(of({ types }).answer).toBe('safe');
    const unknown = safeType('V', { isListComplete: false });
    expect(of({ types: [...types, unknown] })).toMatchObject({
      answer: 'unknown',
      byType: [{ answer: 'safe' }, { answer: 'safe' }, { answer: 'unknown' }],
    });
    const blocked = safeType('W', { runs: [run('w', { type: 'W', tasks: tasks('x'), markers: [live] })] });
    const verdict = of({ types: [...types, unknown, blocked] });
    expect(verdict).toMatchObject({ answer: 'blocked', runsConsidered: 4, historiesRead: 4 });
    expect(verdict.reasons).toMatchObject([
      { code: 'marker-live', workflowTypes: ['W'] },
      { code: 'list-incomplete', workflowTypes: ['V'] },
      { code: 'worker-not-known', workflowTypes: ['W'] },
    ]);
    expect(verdict.wait).toEqual({ latestEndMs: null, endlessRuns: 1 });
    expect(verdict.classes).toMatchObject({ 'marker-live': 1, survived: 3 });
  });

  it('judge the call by runs of the type, and trust by runs of all', () => {
    // `v3` deprecated in T alone: of U nothing shows that it has the call.
    const bare = safeType('U', { runs: [], isRemembered: true });
    expect(codesOf(of({ types: [safeType('T'), bare] }))).toEqual(['worker-not-known']);
    const both = run('w', { type: 'U', tasks: tasks('v3'), markers: [live], closeMs: 5 });
    const witness = safeType('U', { runs: [], isRemembered: true, witnesses: [both] });
    expect(codesOf(judgePatch(evidence({ types: [safeType('T'), witness], facts: [oneCode()] })))).toEqual([
      'worker-writes-live',
      'worker-not-known',
    ]);
  });
});

describe('types that nobody declared', () => {
  const of = (facts: readonly DeclaredFact[], changes: Parameters<typeof evidence>[0] = {}) =>
    judgePatch(evidence({ types: [safeType('T')], areTypesKnown: false, facts: [oneCode(), ...facts], ...changes }));

  it('keep the whole unknown, and are named', () => {
    const verdict = of([], { otherTypes: ['A', 'B'] });
    expect(verdict).toMatchObject({ answer: 'unknown', byType: [{ answer: 'safe' }] });
    expect(verdict.reasons).toEqual([
      { code: 'types-not-declared', count: 2, examples: [], workers: [], workflowTypes: ['A', 'B'] },
    ]);
    expect(of([]).reasons).toMatchObject([{ code: 'types-not-declared', count: null, workflowTypes: [] }]);
  });

  it('are settled by a list for this patch alone', () => {
    expect(of([typesUsing(['T'])]).answer).toBe('safe');
    expect(codesOf(of([typesUsing(['T'], 'other')]))).toEqual(['types-not-declared']);
    expect(codesOf(of([fact({ kind: 'types', patch: versionPatch, workflowTypes: ['T'] })]))).toEqual([
      'types-not-declared',
    ]);
  });

  it('are not settled by a list that a marker in another type contradicts', () => {
    const types = [safeType('T'), safeType('U')];
    for (const areTypesKnown of [true, false]) {
      const verdict = of([typesUsing(['T'])], { types, areTypesKnown });
      expect(codesOf(verdict)).toEqual(['types-not-declared']);
      expect(verdict.contradictions).toMatchObject([{ why: 'type-outside-list', seen: 'U' }]);
    }
    // A newer list that holds both stands.
    expect(of([typesUsing(['T']), typesUsing(['T', 'U'])], { types, areTypesKnown: true }).answer).toBe('safe');
  });

  it('do not matter where one type was named', () => {
    const named = of([typesUsing(['U'])], { areTypesKnown: true });
    expect(named).toMatchObject({ answer: 'safe', contradictions: [{ why: 'type-outside-list' }], assumptions: [{}] });
  });

  it('may be none: a patch that nothing knows is never seen', () => {
    const verdict = of([], { types: [], areTypesKnown: true });
    expect(verdict).toMatchObject({ answer: 'unknown', runsConsidered: 0, byType: [] });
    expect(verdict.reasons).toEqual([
      { code: 'never-seen', count: null, examples: [], workers: [], workflowTypes: [] },
    ]);
  });
});

describe('the assumptions', () => {
  const usedIn = (name: 'deprecate' | 'remove', facts: readonly DeclaredFact[], changes = {}) =>
    judgePatch(safeEvidence(name, { facts, ...changes })).assumptions;
  const idle = [
    manifest(build('v9'), [callOf('patched', null, 'other')]),
    floor('deprecate-patch', { taskQueue: 'other', workflowType: 'T' }),
    confirmed(build('v2')),
    callsTogether,
    proof('good', 100, { name: 'remove' }),
    typesUsing(['T'], 'other'),
    fact({ kind: 'queues', workflowType: 'U', taskQueues: ['q'] }),
  ];

  it('are exactly the facts that the answer rests on', () => {
    const ids = oneCode();
    expect(usedIn('remove', [ids, noCallback, ...idle])).toEqual([ids]);
    const both = usedIn('deprecate', [...idle, noCallback, ids]);
    expect(new Set(both)).toEqual(new Set([ids, noCallback]));
    expect(both).toHaveLength(2);
  });

  it('are the lists of types and queues wherever these apply', () => {
    const lists = [typesUsing(['T']), fact({ kind: 'queues', workflowType: 'T', taskQueues: ['q'] })];
    const used = usedIn('remove', [oneCode(), ...lists, ...idle]);
    expect(used).toHaveLength(3);
    for (const list of lists) expect(used).toContain(list);
    const types = [safeType('T'), safeType('U')];
    const two = judgePatch(evidence({ types, facts: [oneCode(), ...lists.slice(1)] }));
    expect(two.assumptions).toHaveLength(2);
    const version = fact({ kind: 'types', patch: versionPatch, workflowTypes: ['T'] });
    expect(usedIn('remove', [oneCode(), version])).toHaveLength(1);
  });

  it('are not what only a note looked at', () => {
    // `v4` came last and is not known to write: the floor would tell for its queue, but no answer needs it.
    const newest = run('n', { tasks: tasks({ buildId: 'v4', timeMs: 9_000 }), closeMs: 9_500 });
    const unused = floor('patched', { sinceMs: 8_000 });
    expect(usedIn('remove', [oneCode(), unused], { witnesses: [newest] })).toEqual([oneCode()]);
  });

  it('do not hold what is contradicted', () => {
    const wrong = floor('deprecate-patch');
    const verdict = judgePatch(
      evidence({
        runs: [safeRun, run('l', { tasks: tasks('v2'), markers: [live] })],
        facts: [wrong],
        workers: [worker(null)],
      }),
    );
    expect(verdict.contradictions).toEqual([{ fact: wrong, why: 'floor-broken', seen: 'v2' }]);
    expect(verdict.assumptions).toEqual([]);
    expect(codesOf(verdict)).toEqual(['marker-live', 'worker-not-known']);
  });

  it('are the oldest of those that say the same, in whatever order they came', () => {
    const [older, newer] = [fact(oneCode().claim, 1), fact(oneCode('queue').claim, 2)];
    expect(usedIn('remove', [older, newer])).toEqual([older]);
    expect(usedIn('remove', [newer, older])).toEqual([older]);
    const [one, two] = [oneCode(), oneCode('queue')].toSorted((a, b) => (a.id < b.id ? -1 : 1));
    expect(usedIn('remove', [oneCode(), oneCode('queue')])).toEqual([one]);
    expect(usedIn('remove', [oneCode('queue'), oneCode()])).toEqual([one]);
    expect(two).not.toEqual(one);
  });
});

describe('fencing', () => {
  const target = { build: 'd:v3', setsByQueue: new Map() };
  const of = (target: Parameters<typeof evidence>[0]) => judgePatch(evidence({ facts: [], ...target }));
  const pinned = run('p', { tasks: tasks({ deploymentVersion: 'd:v1' }), pinnedByWorker: 'd:v1', markers: [live] });
  const workers = [worker('v1', { deploymentVersion: 'd:v1' })];

  it('clears runs and workers that never come to the target', () => {
    expect(of({ runs: [pinned], workers, target }).answer).toBe('safe');
    expect(codesOf(of({ runs: [pinned], workers }))).toEqual(['marker-live', 'worker-writes-live']);
    const moved = { ...pinned, facts: pinned.facts && { ...pinned.facts, versioningOverride: 'd:v3' } };
    expect(codesOf(of({ runs: [moved], workers, target }))).toEqual(['marker-live']);
  });
});
