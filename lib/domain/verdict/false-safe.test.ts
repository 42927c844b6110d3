import { describe, expect, it } from 'vitest';
import type { DeclaredFact } from '#lib/domain/verdict/declared-facts.ts';
import { judgePatch } from '#lib/domain/verdict/judge-patch.ts';
import { codesOf, routed, safeEvidence, worker } from '#lib/domain/verdict/testing/evidence.ts';
import {
  callbackInUse,
  callOf,
  callsTogether,
  build,
  floor,
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
  versionMarker,
} from '#lib/domain/verdict/testing/runs.ts';
import type { Evidence } from '#lib/domain/verdict/types.ts';

/** Worlds that the oracle (e2e/oracle) found to break although the verdict called them safe; each told as small as it goes. */

const answerOf = (evidence: Evidence) => judgePatch(evidence).answer;
const good = safeEvidence('deprecate').types[0]?.runs ?? [];

describe('raise-min and drop-call', () => {
  it('are not safe where a preferred version provider may record a lower version in any new run', () => {
    for (const name of ['raise-min', 'drop-call'] as const) {
      const declared = safeEvidence(name, { facts: [oneCode(), callbackInUse] });
      expect(codesOf(judgePatch(declared))).toContain('callback-in-use');
      expect(codesOf(judgePatch(safeEvidence(name, { facts: [oneCode()] })))).toContain('callback-not-declared');
    }
  });

  it('are not safe while a worker that records a lower version has a run’s task, though it polls no more', () => {
    const writer = run('w', { tasks: tasks('v1'), markers: [versionMarker(PATCH, 1)], closeMs: 5_000 });
    const started = run('started', { tasks: [startedTask(0, { buildId: 'v1' })] });
    const evidence = safeEvidence('raise-min', {
      facts: [oneCode(), noCallback, callsTogether],
      witnesses: [writer],
      runs: [started, run('good', { tasks: tasks('v2'), markers: [versionMarker(PATCH, 2)] })],
    });
    expect(answerOf(evidence)).toBe('blocked');
  });
});

describe('a run that a deprecator worked on last', () => {
  it('may be in the old branch before its first command, where a poller that has the old branch goes on', () => {
    // v1 has no call and waits inside the old branch; v3 replays that as it would replay the new one.
    const entered = run('entered', { tasks: tasks('v1', 'v3') });
    const witness = run('w3', { tasks: tasks('v3'), markers: [deprecated], closeMs: 5_000 });
    const facts = [oneCode(), noCallback, callsTogether];
    const evidence = safeEvidence('deprecate', { facts, witnesses: [witness], runs: [...good, entered] });
    expect(answerOf(evidence)).not.toBe('safe');
  });

  it('shows nothing of a place that deprecator does not call', () => {
    // v3 has deprecate_patch at one place and no call at the other, v2 has both.
    const elsewhere = run('elsewhere', { tasks: tasks('v3', 'v3'), markers: [coreMarker(PATCH, true, at(1))] });
    const evidence = safeEvidence('deprecate', { runs: [...good, elsewhere] });
    expect(judgePatch(evidence).classes.survived).toBe(0);
  });
});

describe('a build that recorded the patch', () => {
  it('is not the only code with the call where a floor speaks for builds that recorded nothing', () => {
    // v2 calls at one place and took the old branch at another, which v3 calls too.
    const evidence = safeEvidence('deprecate', {
      witnesses: good.map((one) => ({ ...one, summary: { ...one.summary, closeTimeMs: 5_000 } })),
      runs: [run('unmarked', { tasks: tasks('v2') })],
      workers: [worker('v3')],
      facts: [oneCode(), noCallback, floor('patched', { sinceMs: 9_000 })],
    });
    expect(codesOf(judgePatch(evidence))).toEqual(['calls-not-declared']);
  });
});

describe('a build that recorded the patch', () => {
  it('is not the only code with the call where a worker of another version set may have a newer one', () => {
    const sets = { sets: [{ buildIds: ['v2', 'target'] }, { buildIds: ['v3'] }] };
    const versioned = { useVersioning: true };
    const unmarked = run('unmarked', { tasks: tasks({ buildId: 'v2', ...versioned }) });
    const evidence = safeEvidence('deprecate', {
      witnesses: good.map((one) => ({ ...one, summary: { ...one.summary, closeTimeMs: 5_000 } })),
      runs: [unmarked],
      workers: [worker('v2', versioned), worker('v3', versioned)],
      target: { build: 'target', setsByQueue: new Map([['queue', sets]]) },
    });
    expect(codesOf(judgePatch(evidence))).toEqual(['calls-not-declared']);
  });
});

describe('remove', () => {
  it('is not safe while a worker that writes live markers has a run’s task, though it polls no more', () => {
    const writer = run('w', { tasks: tasks('v1'), markers: [live], closeMs: 5_000 });
    const started = run('started', { tasks: [startedTask(0, { buildId: 'v1' })] });
    const evidence = safeEvidence('remove', {
      facts: [oneCode(), noCallback, callsTogether],
      witnesses: [writer],
      runs: [run('good', { tasks: tasks('v2'), markers: [deprecated] }), started],
    });
    expect(answerOf(evidence)).toBe('blocked');
  });

  it('is not safe while a poller may have patched at another place than where it wrote deprecated', () => {
    const writer = run('w', { tasks: tasks('v1'), markers: [live], closeMs: 5_000 });
    const evidence = safeEvidence('remove', { witnesses: [writer] });
    expect(codesOf(judgePatch(evidence))).toContain('calls-not-declared');
  });

  it('is not safe while a poller may record another patch after this one in a run whose list of ids is full', () => {
    const evidence = safeEvidence('remove', {
      facts: [floor('deprecate-patch'), noCallback],
      knownPatchIds: [PATCH, 'x'.repeat(2_040)],
      workers: [worker('v2')],
    });
    expect(codesOf(judgePatch(evidence))).toContain('label-full');
  });
});

describe('a deprecated marker', () => {
  it('does not tell whether an earlier task took the old branch at another place', () => {
    // v1 has no call, v3 deprecate_patch at the second place alone, v2 calls at both. In Python too: a marker that no call matches
    // is skipped.
    const marked = run('marked', { tasks: tasks('v1', 'v3'), markers: [coreMarker(PATCH, true, at(1))] });
    const { classes } = judgePatch(safeEvidence('deprecate', { runs: [...good, marked] }));
    expect(classes).toMatchObject({ 'marker-deprecated': 0, 'may-hold-old-branch': 1 });
  });

  it('does not tell, asked before `deprecate`, that its writer has no `patched` at another place', () => {
    // No other code is known to have a call, and v1 took the old branch at the other place.
    const entered = run('entered', { tasks: tasks('v1', 'v2'), markers: [coreMarker(PATCH, true, at(1))] });
    const survived = (facts: readonly DeclaredFact[]) =>
      judgePatch(safeEvidence('deprecate', { facts, runs: [entered] })).classes.survived;
    expect(survived([oneCode(), noCallback])).toBe(0);
    expect(survived([oneCode(), noCallback, callsTogether])).toBe(1);
  });
});

describe('a replay proof for deprecate', () => {
  it('holds although a holder went on: the proving code has an error where the old branch was', () => {
    const facts = [noCallback, manifest(build('v2'), [callOf('patched')]), manifest(build('v1'), [callOf('none')])];
    const gone = run('gone', { tasks: tasks('v1', 'v2') });
    const proven = [...facts, proof('gone', at(0).eventId, { name: 'deprecate' })];
    expect(answerOf(safeEvidence('deprecate', { facts, runs: [...good, gone] }))).toBe('blocked');
    expect(answerOf(safeEvidence('deprecate', { facts: proven, runs: [...good, gone] }))).toBe('safe');
  });

  it('clears a run in TypeScript that a build without the call began before the marker', () => {
    const sdkName = 'temporal-typescript';
    const began = run('began', {
      tasks: tasks({ buildId: 'v1', sdkName }, { buildId: 'v2', sdkName }),
      markers: [coreMarker(PATCH, false, at(1))],
    });
    const facts = [oneCode(), noCallback];
    const proven = [...facts, proof('began', at(1).eventId, { name: 'deprecate' })];
    expect(answerOf(safeEvidence('deprecate', { facts, runs: [...good, began] }))).toBe('blocked');
    expect(answerOf(safeEvidence('deprecate', { facts: proven, runs: [...good, began] }))).toBe('safe');
  });
});

describe('a floor', () => {
  it('says nothing of a build that routing names and that nobody runs', () => {
    const facts = [floor('deprecate-patch'), noCallback];
    const current = routed('v9', { deploymentVersion: 'd:v9' });
    const only = safeEvidence('remove', { facts, workers: [worker('v2'), current] });
    expect(codesOf(judgePatch(only))).toEqual(['worker-not-known']);
    const polling = worker('v9', { deploymentVersion: 'd:v9' });
    expect(answerOf(safeEvidence('remove', { facts, workers: [worker('v2'), current, polling] }))).toBe('safe');
  });
});
