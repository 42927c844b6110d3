import { describe, expect, it } from 'vitest';
import { allDeclared, classFor } from '#lib/domain/verdict/testing/classes.ts';
import { callbackInUse, callsTogether, noCallback, oneCode, proof } from '#lib/domain/verdict/testing/facts.ts';
import { at, coreMarker, live, PATCH, type run, startedTask, tasks } from '#lib/domain/verdict/testing/runs.ts';

describe('5 a live marker after other tasks', () => {
  const second = coreMarker(PATCH, false, at(1));
  const by = (sdkName: string | null, first = 'v1', declared = allDeclared, more: Parameters<typeof run>[1] = {}) => {
    const own = tasks({ buildId: first, sdkName }, { buildId: 'v2', sdkName }, { buildId: 'x', sdkName });
    return classFor('deprecate', { tasks: own, markers: [second], ...more }, declared);
  };

  it.each(['temporal-python', 'temporal-dotnet', 'temporal-ruby'])('clears in %s, which keeps `false`', (sdkName) => {
    expect(by(sdkName)).toBe('marker-live');
    expect(by(sdkName, 'v1', [])).toBe('marker-live');
  });

  it.each(['temporal-typescript', 'temporal-go', null])('may hide an old branch in %s', (sdkName) => {
    expect(by(sdkName, 'v1')).toBe('may-hold-old-branch');
    expect(by(sdkName, 'v2')).toBe('marker-live');
    expect(by(sdkName, 'v3')).toBe('marker-live');
    expect(by(sdkName, 'v2', [oneCode(), callsTogether])).toBe('unknown');
    expect(by(sdkName, 'v2', [oneCode(), callsTogether, callbackInUse])).toBe('may-hold-old-branch');
    expect(by(sdkName, 'v2', [oneCode(), noCallback])).toBe('unknown');
  });

  it('clears where no task came before, whatever the SDK', () => {
    const only = { tasks: tasks({ buildId: 'x', sdkName: null }), markers: [live] };
    expect(classFor('deprecate', only, [])).toBe('marker-live');
    // A task that was only started before is not one that took a branch.
    const withStarted = { ...only, tasks: [startedTask(0, { sdkName: null, startedEventId: 2 }), ...only.tasks] };
    expect(classFor('deprecate', withStarted, [])).toBe('marker-live');
  });

  it('looks at every task up to the marker for the SDK', () => {
    const mixed = (...sdks: readonly string[]) =>
      classFor('deprecate', {
        tasks: tasks(...sdks.map((sdkName, index) => ({ buildId: ['v1', 'v2', 'x'][index] ?? null, sdkName }))),
        markers: [coreMarker(PATCH, false, at(1))],
      });
    expect(mixed('temporal-python', 'temporal-python', 'temporal-typescript')).toBe('marker-live');
    expect(mixed('temporal-typescript', 'temporal-python')).toBe('may-hold-old-branch');
    expect(mixed('temporal-python', 'temporal-typescript')).toBe('may-hold-old-branch');
  });

  it('is settled by a replay proof, where one is needed', () => {
    const sdkName = 'temporal-typescript';
    const own = (first: string) => ({
      tasks: tasks({ buildId: first, sdkName }, { buildId: 'v2', sdkName }, { buildId: 'v2', sdkName }),
      markers: [second],
    });
    const proved = [...allDeclared, proof('a', 100, { name: 'deprecate' })];
    expect(classFor('deprecate', own('v1'), proved)).toBe('proven');
    expect(classFor('deprecate', own('v2'), proved)).toBe('marker-live');
    expect(classFor('deprecate', own('v1'), [...allDeclared, proof('b', 100, { name: 'deprecate' })])).toBe(
      'may-hold-old-branch',
    );
  });

  it('does not need the marker’s own task to be known', () => {
    const lost = { tasks: tasks('v1', 'v2').slice(0, 1), markers: [second] };
    expect(classFor('deprecate', lost)).toBe('marker-live');
  });

  it('is never a question for `remove`', () => {
    expect(classFor('remove', { tasks: tasks({ sdkName: null }, 'v2'), markers: [second] })).toBe('marker-live');
  });
});
