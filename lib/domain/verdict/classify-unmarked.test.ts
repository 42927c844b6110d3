import { describe, expect, it } from 'vitest';
import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import type { DeclaredFact } from '#lib/domain/verdict/declared-facts.ts';
import { judgePatch } from '#lib/domain/verdict/judge-patch.ts';
import { allDeclared, bothClasses, classFor, witnesses } from '#lib/domain/verdict/testing/classes.ts';
import { evidence } from '#lib/domain/verdict/testing/evidence.ts';
import {
  allOn,
  build,
  callbackInUse,
  callOf,
  callsTogether,
  fact,
  floor,
  manifest,
  noCallback,
  oneCode,
  proof,
  versionPatch,
} from '#lib/domain/verdict/testing/facts.ts';
import {
  at,
  completedAt,
  coreMarker,
  HOUR_MS,
  live,
  PATCH,
  run,
  startedTask,
  tasks,
  TYPESCRIPT_HASHED,
} from '#lib/domain/verdict/testing/runs.ts';

describe('6 not reached', () => {
  it('is no marker and every task by a holder', () => {
    expect(bothClasses({ tasks: tasks('v2', 'v3', 'v2') })).toEqual(['not-reached', 'not-reached']);
    expect(bothClasses({ tasks: tasks('v2', 'v1', 'v2') })).toEqual(['may-hold-old-branch', 'may-hold-old-branch']);
    expect(bothClasses({ tasks: tasks('v2', { buildId: null }) })).toEqual([
      'may-hold-old-branch',
      'may-hold-old-branch',
    ]);
    expect(bothClasses({ tasks: [...tasks('v2'), startedTask(1, { buildId: 'v1' })] })).toEqual([
      'may-hold-old-branch',
      'may-hold-old-branch',
    ]);
  });

  it('needs to know of the callback', () => {
    const own = { tasks: tasks('v2') };
    const ids = [oneCode(), callsTogether];
    expect(classFor('remove', own, ids)).toBe('unknown');
    expect(classFor('remove', own, [...ids, callbackInUse])).toBe('may-hold-old-branch');
    expect(classFor('remove', own, [...ids, noCallback])).toBe('not-reached');
  });

  it('needs the callback to have been out of use since the run began', () => {
    const since = (sinceMs: number, changes: Parameters<typeof run>[1] = {}) =>
      classFor('remove', { tasks: tasks('v2'), startTimeMs: 900, ...changes }, [
        oneCode(),
        callsTogether,
        allOn(sinceMs),
      ]);
    expect(since(900)).toBe('not-reached');
    expect(since(901)).toBe('may-hold-old-branch');
    expect(since(0, { startTimeMs: null })).toBe('may-hold-old-branch');
    // A reset run starts at its reset, yet holds a task from before, at 1,000.
    expect(since(1_000, { startTimeMs: 5_000 })).toBe('not-reached');
    expect(since(1_001, { startTimeMs: 5_000 })).toBe('may-hold-old-branch');
  });

  it('is unknown where one more declaration would tell', () => {
    const late = tasks('late', { buildId: 'late', timeMs: 3 * HOUR_MS });
    const seen = [...witnesses, run('s', { tasks: late, markers: [coreMarker(PATCH, true, at(1))] })];
    const missing = (facts: readonly DeclaredFact[], own = tasks('v2')) => {
      const { reasons } = judgePatch(evidence({ runs: [run('a', { tasks: own })], witnesses: seen, facts }));
      return reasons.filter(({ examples }) => examples.length > 0).map(({ code }) => code);
    };
    expect(missing([oneCode(), callsTogether])).toEqual(['callback-not-declared']);
    expect(missing([oneCode(), noCallback])).toEqual(['calls-not-declared']);
    expect(missing(allDeclared, tasks('late', 'v2'))).toEqual(['identity-suspect']);
    // The first that is missing is told; what blocks comes before all of them.
    expect(missing([oneCode(), noCallback], tasks('v2', 'late', 'v2'))).toEqual(['calls-not-declared']);
    expect(missing([oneCode(), noCallback], tasks('late', 'v2'))).toEqual(['identity-suspect']);
    expect(missing([oneCode(), noCallback], tasks('v2', 'v1'))).toEqual(['may-hold-old-branch']);
    expect(missing([oneCode(), callbackInUse])).toEqual(['may-hold-old-branch']);
    expect(missing([oneCode()])).toEqual(['calls-not-declared']);
  });
});

describe('a worker that has the run', () => {
  const then = (buildId: string, from: string, facts = allDeclared) =>
    classFor('remove', { tasks: [...tasks(from), startedTask(1, { buildId })] }, facts);

  it('may still write a live marker: `remove` waits for it', () => {
    expect(then('v3', 'v2')).toBe('not-reached');
    expect(then('v2', 'v2')).toBe('may-hold-old-branch');
    expect(then('v2', 'v2', [oneCode(), noCallback])).toBe('may-hold-old-branch');
    expect(then('v3', 'v2', [oneCode(), noCallback])).toBe('unknown');
    expect(classFor('deprecate', { tasks: [...tasks('v2'), startedTask(1, { buildId: 'v2' })] })).toBe('not-reached');
  });

  it('may be known to have the call and not what it writes', () => {
    const floors = [...allDeclared, floor('patched', { sinceMs: 2_000 })];
    expect(then('x', 'v2', floors)).toBe('may-hold-old-branch');
    expect(then('v3', 'v2', floors)).toBe('not-reached');
  });
});

describe('8 may hold the old branch', () => {
  it('names the first task that may have taken it', () => {
    const builds = (own: CensusRun, declared = allDeclared) =>
      judgePatch(evidence({ runs: [own], witnesses, facts: declared })).reasons[0]?.examples.map(
        ({ buildId }) => buildId,
      );
    expect(builds(run('a', { tasks: tasks('v2', 'v1', 'x') }))).toEqual(['v1']);
    expect(builds(run('a', { tasks: tasks('v3', 'v2') }), [...allDeclared, callbackInUse])).toEqual(['v3']);
  });

  it('is by a manifest that lacks the call, even of a hash that has recorded it elsewhere', () => {
    const none = manifest(build(TYPESCRIPT_HASHED), [callOf('none')]);
    expect(bothClasses({ tasks: tasks(TYPESCRIPT_HASHED) }, [...allDeclared, none])).toEqual([
      'may-hold-old-branch',
      'may-hold-old-branch',
    ]);
  });

  it('is for `deprecate` whatever the activation callback has to do with another patch', () => {
    const other = fact({ kind: 'calls-together', patch: { kind: 'core', id: 'other' } });
    expect(classFor('deprecate', { tasks: tasks('v1') }, [oneCode(), noCallback, other])).toBe('may-hold-old-branch');
  });
});

describe('7 proven', () => {
  const asked = { name: 'remove' } as const;
  const old = { tasks: tasks('v1', 'v2', 'v3', 'v3'), markers: [] };

  it('is a run that the changed code replayed, and went on only with deprecators', () => {
    // The last task is a holder's: it has not survived.
    const own = { tasks: tasks('v1', 'v3', 'v3', 'v2') };
    const upTo = (eventId: number, more = own) =>
      classFor('remove', more, [...allDeclared, proof('a', eventId, asked)]);
    expect(classFor('remove', own)).toBe('may-hold-old-branch');
    expect(upTo(completedAt(3))).toBe('proven');
    expect(upTo(completedAt(3) - 1)).toBe('may-hold-old-branch');
    expect(upTo(100)).toBe('proven');
    // Not each of the later tasks is a deprecator's.
    expect(upTo(completedAt(0))).toBe('may-hold-old-branch');
    const deprecatorsAfter = { tasks: [...tasks('v1', 'v2', 'v3', 'v3'), startedTask(4, { buildId: 'v2' })] };
    // Whoever has it now is later than any proof.
    expect(upTo(100, deprecatorsAfter)).toBe('may-hold-old-branch');
    expect(upTo(completedAt(0), { tasks: [...tasks('v1'), startedTask(1, { buildId: 'v3' })] })).toBe('proven');
    expect(upTo(completedAt(0), { tasks: [...tasks('v1', 'v3'), startedTask(2, { buildId: 'v3' })] })).toBe('survived');
  });

  it('is for `deprecate` a matter of who has it since', () => {
    const then = (buildId: string) =>
      classFor('deprecate', { tasks: [...tasks('v1'), startedTask(1, { buildId })] }, [
        ...allDeclared,
        proof('a', completedAt(0), { name: 'deprecate' }),
      ]);
    expect(then('v3')).toBe('proven');
    expect(then('v1')).toBe('may-hold-old-branch');
    expect(then('x')).toBe('may-hold-old-branch');
  });

  it('is not by a proof beyond what was read: that is another history', () => {
    const own = { tasks: tasks('v1'), lastEventId: 6 };
    const upTo = (eventId: number) => classFor('remove', own, [...allDeclared, proof('a', eventId, asked)]);
    expect(upTo(6)).toBe('proven');
    expect(upTo(7)).toBe('may-hold-old-branch');
  });

  it('takes the furthest proof', () => {
    const own = { tasks: tasks('v1', 'v1') };
    for (const order of [
      [4, 10, 7],
      [10, 4],
      [4, 10],
    ]) {
      const proofs = order.map((eventId, index) => fact(proof('a', eventId, asked).claim, index));
      expect(classFor('remove', own, proofs)).toBe('proven');
    }
    expect(classFor('remove', own, [proof('a', 4, asked)])).toBe('may-hold-old-branch');
  });

  it.each([
    ['another run', proof('b', 100, asked)],
    ['another question', proof('a', 100, { name: 'deprecate' })],
    ['another patch', proof('a', 100, asked, 'MY-PATCH')],
    ['another kind of patch', proof('a', 100, { name: 'drop-call', version: 1 })],
    ['another kind of the same id', fact({ ...proof('a', 100, asked).claim, patch: versionPatch })],
  ])('is not by a proof of %s', (_name, other) => {
    expect(classFor('remove', { tasks: tasks('v1') }, [...allDeclared, other])).toBe('may-hold-old-branch');
  });

  it('is no better than not reached, and settles what is not known', () => {
    expect(classFor('remove', { tasks: tasks('v2') }, [...allDeclared, proof('a', 100, asked)])).toBe('not-reached');
    expect(classFor('remove', { tasks: tasks('v2') }, [proof('a', 100, asked)])).toBe('proven');
    expect(classFor('remove', { tasks: tasks('v2') }, [oneCode(), proof('a', 100, asked)])).toBe('proven');
  });

  it('clears no live marker', () => {
    expect(classFor('remove', { ...old, markers: [live] }, [...allDeclared, proof('a', 100, asked)])).toBe(
      'marker-live',
    );
  });

  it('is an assumption only where it cleared a run', () => {
    const [used, idle] = [proof('a', 100, asked), proof('b', 2, asked)];
    const verdict = judgePatch(
      evidence({
        runs: [run('a', { tasks: tasks('v1') }), run('b', { tasks: tasks('v1') })],
        facts: [used, idle],
      }),
    );
    expect(verdict.classes).toMatchObject({ proven: 1, 'may-hold-old-branch': 1 });
    expect(verdict.assumptions).toEqual([used]);
  });
});
