import { describe, expect, it } from 'vitest';
import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import { EXAMPLES_MAX } from '#lib/domain/verdict/examples.ts';
import { judgePatch } from '#lib/domain/verdict/judge-patch.ts';
import type { QuestionName } from '#lib/domain/verdict/question.ts';
import { NO_CLASSES } from '#lib/domain/verdict/run-classes.ts';
import { codesOf, evidence, safeEvidence, worker } from '#lib/domain/verdict/testing/evidence.ts';
import { noCallback, oneCode } from '#lib/domain/verdict/testing/facts.ts';
import { deprecated, live, run, tasks } from '#lib/domain/verdict/testing/runs.ts';
import type { ClassCounts } from '#lib/domain/verdict/types.ts';

/** What keeps evidence from being safe that would be safe without the change. */
function codes(name: QuestionName, changes: Parameters<typeof safeEvidence>[1]) {
  return codesOf(judgePatch(safeEvidence(name, changes)));
}

describe('the reasons', () => {
  it('count runs and workers, and show the oldest', () => {
    const runs = Array.from({ length: 50 }, (_, index) => run(`r${index}`, { startMs: 100 - index, markers: [live] }));
    const verdict = judgePatch(evidence({ runs, workers: [worker('v1'), worker(null)] }));
    const [first, second] = verdict.reasons;
    expect(first).toMatchObject({ code: 'marker-live', count: 50, workers: [], workflowTypes: ['T'] });
    expect(first?.examples).toHaveLength(EXAMPLES_MAX);
    expect(first?.examples[0]?.runId).toBe('r49');
    expect(second).toMatchObject({ code: 'worker-writes-live', count: 1, examples: [], workflowTypes: ['T'] });
    expect(second?.workers).toMatchObject([{ identity: { buildId: 'v1' } }]);
    expect(verdict.reasons[2]).toMatchObject({ code: 'worker-not-known', count: 1, workers: [{ identity: null }] });
  });

  it('are not counted where there is nothing to count', () => {
    const verdict = judgePatch(safeEvidence('remove', { isListComplete: false }));
    expect(verdict.reasons).toEqual([
      { code: 'list-incomplete', count: null, examples: [], workers: [], workflowTypes: ['T'] },
    ]);
  });

  it('of runs and of workers under one code stand together', () => {
    const own = tasks('v2', { buildId: 'v2', sdkVersion: '2.0.0' });
    const seen = run('w', { tasks: own, markers: [live], closeMs: 9 });
    const facts = [oneCode(), noCallback];
    const verdict = judgePatch(
      safeEvidence('deprecate', { runs: [run('a', { tasks: tasks('v2') })], witnesses: [seen], facts }),
    );
    expect(verdict.reasons).toMatchObject([
      { code: 'identity-suspect', count: 2, examples: [{ runId: 'a' }], workers: [{ taskQueue: 'queue' }] },
    ]);
  });
});

describe('the wait', () => {
  const blocked = (...ends: readonly (number | null)[]) =>
    ends.map((endsByMs, index) => run(`r${index}`, { markers: [live], endsByMs }));

  it('is until the last blocking run ends by its timeouts', () => {
    const of = (...ends: readonly (number | null)[]) => judgePatch(evidence({ runs: blocked(...ends) })).wait;
    expect(of(70, 90, 80)).toEqual({ latestEndMs: 90, endlessRuns: 0 });
    expect(of(null, 90, null)).toEqual({ latestEndMs: 90, endlessRuns: 2 });
    expect(of(null)).toEqual({ latestEndMs: null, endlessRuns: 1 });
    expect(of(-5)).toEqual({ latestEndMs: -5, endlessRuns: 0 });
  });

  it('is none when no run blocks, and none for runs that do not', () => {
    expect(judgePatch(safeEvidence('remove', { workers: [worker(null)] })).wait).toBeNull();
    const cleared = run('c', { tasks: tasks('v3'), markers: [deprecated], endsByMs: 500 });
    const unread = run('u', { isUnread: true });
    expect(judgePatch(evidence({ runs: [...blocked(70), cleared, unread] })).wait).toEqual({
      latestEndMs: 70,
      endlessRuns: 0,
    });
  });
});

describe('the policy', () => {
  const closed = run('closed', { tasks: tasks('v2'), markers: [live], closeMs: 5_000 });
  const closing = run('closing', { tasks: tasks('v2'), markers: [live], isClosed: true });
  const safe = safeEvidence('remove').types[0]?.runs ?? [];

  it('`open` judges open runs alone, also those that closed while they were read', () => {
    const of = (own: CensusRun) => judgePatch(evidence({ runs: [own] }));
    const unread = run('unread', { isUnread: true, closeMs: 5_000 });
    for (const own of [closed, closing, unread]) {
      expect(of(own)).toMatchObject({ runsConsidered: 0, historiesRead: 0 });
    }
    // A closed run is still a witness of what its workers write.
    expect(codes('remove', { runs: [...safe, closed] })).toContain('worker-writes-live');
  });

  it('`retention` judges those that can still be queried, reset or replayed', () => {
    const verdict = judgePatch(
      safeEvidence('remove', {
        runs: [closed, closing, run('u', { isUnread: true, closeMs: 5 })],
        policy: 'retention',
      }),
    );
    expect(verdict).toMatchObject({ answer: 'blocked', runsConsidered: 3, historiesRead: 2 });
    expect(verdict.reasons[0]).toMatchObject({ code: 'marker-live', count: 2 });
    expect(codesOf(verdict)).toContain('not-read-yet');
  });

  it('never judges witnesses', () => {
    const verdict = judgePatch(safeEvidence('remove', { witnesses: [closed], policy: 'retention' }));
    expect(verdict.runsConsidered).toBe(1);
    expect(codesOf(verdict)).not.toContain('marker-live');
  });
});

it('classes sum to the runs considered', () => {
  const runs = [
    run('a', { markers: [live] }),
    run('b', { tasks: tasks('v3'), markers: [deprecated] }),
    run('c', { tasks: [] }),
    run('d', { isUnread: true }),
    run('e', { closeMs: 1 }),
  ];
  const { classes, runsConsidered, historiesRead, byType } = judgePatch(evidence({ runs }));
  const expected: ClassCounts = {
    ...NO_CLASSES,
    'marker-live': 1,
    'marker-deprecated': 1,
    'no-task-yet': 1,
    unknown: 1,
  };
  expect(classes).toEqual(expected);
  expect([runsConsidered, historiesRead]).toEqual([4, 3]);
  expect(byType[0]?.classes).toEqual(classes);
});
