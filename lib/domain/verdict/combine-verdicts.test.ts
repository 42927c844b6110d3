import { describe, expect, it } from 'vitest';
import { combineVerdicts, sumClasses, sumNotes, sumReasons, sumWaits } from '#lib/domain/verdict/combine-verdicts.ts';
import { EXAMPLES_MAX } from '#lib/domain/verdict/examples.ts';
import { judgePatch } from '#lib/domain/verdict/judge-patch.ts';
import { NO_CLASSES } from '#lib/domain/verdict/run-classes.ts';
import { evidence, safeEvidence, worker } from '#lib/domain/verdict/testing/evidence.ts';
import { oneCode, typesUsing } from '#lib/domain/verdict/testing/facts.ts';
import { live, run } from '#lib/domain/verdict/testing/runs.ts';
import type { Note, Reason } from '#lib/domain/verdict/types.ts';

const workers = [worker('v1')];
const blocked = judgePatch(
  evidence({
    runs: [run('a', { markers: [live], startMs: 5, endsByMs: 90 }), run('b', { markers: [live], startMs: 1 })],
    workers,
  }),
);
const alsoBlocked = judgePatch(
  evidence({ runs: [run('c', { type: 'U', markers: [live], startMs: 3, endsByMs: 70 })], workers, workflowType: 'U' }),
);
const unknown = judgePatch(evidence({ areTypesKnown: false, otherTypes: ['X'] }));
const safe = judgePatch(safeEvidence('remove'));

describe('combineVerdicts', () => {
  it('leaves one verdict as it is', () => {
    for (const verdict of [blocked, unknown, safe]) {
      const { byType, ...whole } = verdict;
      expect(byType).toHaveLength(1);
      expect(combineVerdicts([verdict])).toEqual(whole);
    }
  });

  it('is safe only if each part is, and never better than its worst', () => {
    expect(combineVerdicts([safe, safe]).answer).toBe('safe');
    expect(combineVerdicts([safe, unknown]).answer).toBe('unknown');
    expect(combineVerdicts([unknown, blocked, safe]).answer).toBe('blocked');
  });

  it('adds up reasons, classes, waits and what was assumed', () => {
    const all = combineVerdicts([blocked, alsoBlocked, unknown, safe]);
    expect(all.reasons[0]).toMatchObject({
      code: 'marker-live',
      count: 3,
      examples: [{ runId: 'b' }, { runId: 'c' }, { runId: 'a' }],
      workflowTypes: ['T', 'U'],
    });
    expect(all.reasons.map(({ code }) => code)).toEqual([
      'marker-live',
      'worker-writes-live',
      'never-seen',
      'no-poller',
      'types-not-declared',
    ]);
    expect(all.reasons[1]).toMatchObject({ count: 2, workers: [{ taskQueue: 'queue' }, {}] });
    expect(all.classes['marker-live']).toBe(3);
    expect(all.wait).toEqual({ latestEndMs: 90, endlessRuns: 1 });
    expect(all).toMatchObject({ runsConsidered: 4, historiesRead: 4 });
    expect(all.assumptions).toEqual(safe.assumptions);
  });

  it('keeps contradictions and assumptions of every part', () => {
    const wrong = judgePatch(safeEvidence('remove', { facts: [oneCode(), typesUsing(['Z'])] }));
    const all = combineVerdicts([wrong, safe, wrong]);
    expect(all.contradictions).toHaveLength(2);
    expect(all.assumptions).toHaveLength(3);
  });
});

const example = (runId: string, startTimeMs: number) => ({
  workflowId: 'w',
  runId,
  workflowType: 'T',
  taskQueue: 'q',
  buildId: null,
  startTimeMs,
  endsByMs: null,
});
const reason = (changes: Partial<Reason>): Reason => ({
  code: 'marker-live',
  count: null,
  examples: [],
  workers: [],
  workflowTypes: [],
  ...changes,
});

describe('the sums', () => {
  it('count what was counted: null is not 0', () => {
    const count = (...counts: readonly (number | null)[]) =>
      sumReasons(counts.map((each) => reason({ count: each })))[0]?.count;
    expect(count(null, null)).toBeNull();
    expect(count(null, 0)).toBe(0);
    expect(count(2, null, 3)).toBe(5);
    expect(sumReasons([])).toEqual([]);
  });

  it('show the oldest of all, and no more than a reader looks at', () => {
    const many = [0, 1].map((half) =>
      reason({ examples: Array.from({ length: EXAMPLES_MAX }, (_, index) => example(`r${index}`, 2 * index + half)) }),
    );
    const [sum] = sumReasons(many);
    expect(sum?.examples.map(({ startTimeMs }) => startTimeMs)).toEqual(
      Array.from({ length: EXAMPLES_MAX }, (_, index) => index),
    );
  });

  it('of notes are one for each code', () => {
    const note = (code: Note['code'], count: number | null): Note => ({ code, count, examples: [] });
    expect(sumNotes([note('label-only', 2), note('nondeterminism', 1), note('label-only', 3)])).toEqual([
      { code: 'label-only', count: 5, examples: [] },
      { code: 'nondeterminism', count: 1, examples: [] },
    ]);
  });

  it('of classes hold every class', () => {
    expect(sumClasses([])).toEqual(NO_CLASSES);
    expect(
      sumClasses([
        { ...NO_CLASSES, fenced: 1 },
        { ...NO_CLASSES, fenced: 2, proven: 1 },
      ]),
    ).toEqual({
      ...NO_CLASSES,
      fenced: 3,
      proven: 1,
    });
  });

  it('of waits end with the last, and none is none', () => {
    expect(sumWaits([])).toBeNull();
    expect(sumWaits([null, null])).toBeNull();
    expect(sumWaits([{ latestEndMs: null, endlessRuns: 1 }, null])).toEqual({ latestEndMs: null, endlessRuns: 1 });
    expect(
      sumWaits([
        { latestEndMs: 5, endlessRuns: 0 },
        { latestEndMs: 3, endlessRuns: 2 },
      ]),
    ).toEqual({
      latestEndMs: 5,
      endlessRuns: 2,
    });
  });
});
