import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyOperation, anySets } from '#lib/domain/change-plan/testing/examples.ts';
import { nextUndoStep, undoOf } from '#lib/domain/change-plan/undo.ts';
import { applyOperation } from '#lib/domain/version-sets/apply-operation.ts';
import { NO_LIMITS } from '#lib/domain/version-sets/limits.ts';
import { buildIdsOf, queueDefault, setDefault, setOf } from '#lib/domain/version-sets/queries.ts';
import type { VersionSetOperation, VersionSets } from '#lib/domain/version-sets/types.ts';

const RUNS = { numRuns: 3_000 };

/** The build that serves each build ID's runs, and the one that takes new runs. */
function routing(of: readonly string[], sets: VersionSets) {
  const served = of.map((buildId) => [buildId, servedBy(sets, buildId)]);
  return { newRuns: queueDefault(sets), served: Object.fromEntries(served) as Record<string, string | null> };
}

function servedBy(sets: VersionSets, buildId: string): string | null {
  const set = setOf(sets, buildId);
  return set && setDefault(set);
}

/** Applies what must change the sets: an operation that is refused or finds nothing to do fails the property. */
function changed(sets: VersionSets, operation: VersionSetOperation): VersionSets {
  const outcome = applyOperation(sets, operation, NO_LIMITS);
  if (outcome.kind !== 'changed') throw new Error(`${JSON.stringify(operation)} on ${JSON.stringify(sets)}`);
  return outcome.sets;
}

/** As others may do: what is refused or finds nothing to do leaves the sets as they are. */
function folded(sets: VersionSets, operations: readonly VersionSetOperation[]): VersionSets {
  return operations.reduce((now, operation) => {
    const outcome = applyOperation(now, operation, NO_LIMITS);
    return outcome.kind === 'changed' ? outcome.sets : now;
  }, sets);
}

/** Follows nextUndoStep to its end, at most three times. */
function undoAll(before: VersionSets, operation: VersionSetOperation, from: VersionSets) {
  let now = from;
  for (let steps = 0; steps < 3; steps += 1) {
    const step = nextUndoStep(before, operation, now);
    if (step.kind !== 'operation') return { end: step, now, steps };
    now = changed(now, step.operation);
  }
  throw new Error('more than two steps');
}

describe('taking back', () => {
  it('restores the routing of every build ID that there was', () => {
    fc.assert(
      fc.property(anySets, anyOperation, (before, operation) => {
        const undo = undoOf(before, operation);
        fc.pre(undo.kind === 'operations');
        const after = undo.operations.reduce(changed, changed(before, operation));
        const ids = buildIdsOf(before);
        expect(routing(ids, after)).toEqual(routing(ids, before));
        expect(buildIdsOf(after).length > ids.length).toBe(undo.leaves !== 'nothing');
      }),
      RUNS,
    );
  });

  it('step by step is the same, and ends', () => {
    fc.assert(
      fc.property(anySets, anyOperation, (before, operation) => {
        const undo = undoOf(before, operation);
        fc.pre(undo.kind === 'operations');
        const { end, now, steps } = undoAll(before, operation, changed(before, operation));
        expect(end).toEqual({ kind: 'done' });
        expect(steps).toBe(undo.operations.length);
        expect(routing(buildIdsOf(before), now)).toEqual(routing(buildIdsOf(before), before));
      }),
      RUNS,
    );
  });

  it('after whatever others did ends within two steps, restored or not at all', () => {
    fc.assert(
      fc.property(anySets, anyOperation, fc.array(anyOperation, { maxLength: 4 }), (before, operation, others) => {
        const undo = undoOf(before, operation);
        fc.pre(undo.kind === 'operations');
        const since = folded(changed(before, operation), others);
        const { end, now } = undoAll(before, operation, since);
        if (end.kind === 'changed-since') {
          expect(now).toEqual(since);
          return;
        }
        expect(end).toEqual({ kind: 'done' });
        for (const restored of undo.operations) {
          expect(applyOperation(now, restored, NO_LIMITS).kind).toBe('no-op');
        }
      }),
      RUNS,
    );
  });

  it('is hindered by no new set that is not queue default, and by no change inside other sets', () => {
    fc.assert(
      fc.property(anySets, anyOperation, (before, operation) => {
        fc.pre(undoOf(before, operation).kind === 'operations');
        const after = changed(before, operation);
        const elsewhere: VersionSets = { sets: [{ buildIds: ['other', 'new'] }, ...after.sets] };
        expect(nextUndoStep(before, operation, elsewhere)).toEqual(nextUndoStep(before, operation, after));
      }),
      RUNS,
    );
  });
});
