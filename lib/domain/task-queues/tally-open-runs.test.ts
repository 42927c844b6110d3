import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunSummary } from '#lib/domain/census/types.ts';
import { tallyOpenRuns } from '#lib/domain/task-queues/tally-open-runs.ts';

function run(buildIds: readonly string[], over: Partial<RunSummary> = {}): RunSummary {
  return {
    workflowId: 'w',
    runId: 'r',
    workflowType: 't',
    taskQueue: 'q',
    startTimeMs: 10,
    closeTimeMs: null,
    labels: [],
    buildIds,
    ...over,
  };
}

const sets = { sets: [{ buildIds: ['a', 'b'] }, { buildIds: ['c'] }] };

describe('tallyOpenRuns', () => {
  it('counts a run once in its set and under every build that touched it', () => {
    const runs = [
      run(['versioned:a', 'versioned:b']),
      run(['versioned:b'], { startTimeMs: 5 }),
      run(['versioned:c', 'versioned:c']),
      run(['unversioned', 'unversioned:a']),
      run([]),
      run(['versioned:a'], { taskQueue: 'other' }),
      run(['versioned:a'], { closeTimeMs: 20 }),
    ];
    expect(tallyOpenRuns(runs, 'q', sets)).toEqual({
      perSet: [2, 1],
      perBuild: new Map([
        ['a', { openRuns: 1, oldestStartMs: 10 }],
        ['b', { openRuns: 2, oldestStartMs: 5 }],
        ['c', { openRuns: 1, oldestStartMs: 10 }],
      ]),
      unversioned: 1,
    });
  });

  it('tells build IDs apart that differ only in case or begin alike', () => {
    const { perBuild } = tallyOpenRuns([run(['versioned:A']), run(['versioned:ab'])], 'q', sets);
    expect(perBuild.size).toBe(0);
  });

  it('gives a set at least its busiest build and at most the sum of its builds', () => {
    const label = fc.constantFrom('versioned:a', 'versioned:b', 'versioned:c', 'unversioned');
    fc.assert(
      fc.property(fc.array(fc.array(label)), (lists) => {
        const { perSet, perBuild } = tallyOpenRuns(
          lists.map((list) => run(list)),
          'q',
          sets,
        );
        for (const [index, { buildIds }] of sets.sets.entries()) {
          const counts = buildIds.map((id) => perBuild.get(id)?.openRuns ?? 0);
          expect(perSet[index]).toBeGreaterThanOrEqual(Math.max(...counts));
          expect(perSet[index]).toBeLessThanOrEqual(counts.reduce((a, b) => a + b));
        }
      }),
    );
  });
});
