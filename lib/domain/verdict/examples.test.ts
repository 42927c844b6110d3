import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import type { ClassifiedRun } from '#lib/domain/verdict/classify-run.ts';
import { EXAMPLES_MAX, examplesOf, type Finding } from '#lib/domain/verdict/examples.ts';
import { run, task, tasks } from '#lib/domain/verdict/testing/runs.ts';

const found = (own: CensusRun, by: ClassifiedRun['task'] = null): Finding => ({
  run: own,
  found: { class: 'marker-live', task: by, missing: null },
});

describe('examplesOf', () => {
  it('tells what a reader needs to find the run', () => {
    const own = run('a', { queue: 'q', type: 'U', startMs: 7, endsByMs: 90, tasks: tasks('v1', 'v2') });
    expect(examplesOf([found(own)])).toEqual([
      {
        workflowId: 'workflow-a',
        runId: 'a',
        workflowType: 'U',
        taskQueue: 'q',
        startTimeMs: 7,
        buildId: 'v2',
        endsByMs: 90,
      },
    ]);
  });

  it('names the build of the task that decided, else the last, else none', () => {
    const builds = (...findings: readonly Finding[]) => examplesOf(findings).map(({ buildId }) => buildId);
    const own = run('a', { tasks: tasks('v1', 'v2') });
    expect(builds(found(own, task({ deploymentVersion: 'd:v9' })))).toEqual(['v9']);
    expect(builds(found(own, task({ buildId: null })))).toEqual([null]);
    expect(builds(found(run('a', { tasks: [] })))).toEqual([null]);
    expect(builds(found(run('a', { isUnread: true })))).toEqual([null]);
    expect(examplesOf([found(run('a', { isUnread: true }))])[0]?.endsByMs).toBeNull();
  });

  it('shows the oldest, whatever the order they came in', () => {
    const runs = Array.from({ length: 3 * EXAMPLES_MAX }, (_, index) =>
      run(`r${String(index).padStart(2, '0')}`, { startMs: Math.floor(index / 4) }),
    );
    const ids = runs.map((own) => own.summary.runId).slice(0, EXAMPLES_MAX);
    const shown = (order: readonly CensusRun[]) => examplesOf(order.map((own) => found(own))).map(({ runId }) => runId);
    expect(shown(runs)).toEqual(ids);
    expect(shown(runs.toReversed())).toEqual(ids);
    fc.assert(
      fc.property(fc.shuffledSubarray(runs, { minLength: runs.length }), (order) => {
        expect(shown(order)).toEqual(ids);
      }),
    );
  });

  it('orders runs that began together by workflow, then by run', () => {
    const named = (workflowId: string, runId: string) => {
      const own = run(runId);
      return found({ ...own, summary: { ...own.summary, workflowId } });
    };
    const order = examplesOf([named('b', '1'), named('a', '3'), named('a', '2')]);
    expect(order.map(({ workflowId, runId }) => workflowId + runId)).toEqual(['a2', 'a3', 'b1']);
  });
});
