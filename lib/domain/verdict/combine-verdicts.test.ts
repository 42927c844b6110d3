import { describe, expect, it } from 'vitest';
import { combineVerdicts } from '#lib/domain/verdict/combine-verdicts.ts';
import { judgePatch } from '#lib/domain/verdict/judge-patch.ts';
import { coreMarker, evidence, run } from '#lib/domain/verdict/testing/runs.ts';

const live = { markers: [coreMarker('my-patch', false)] };
const blocked = judgePatch(
  evidence([run('a', { ...live, startMs: 5, endsByMs: 90 }), run('b', { ...live, startMs: 1 })]),
);
const alsoBlocked = judgePatch(evidence([run('c', { ...live, startMs: 3, endsByMs: 70 })], { workflowType: 'T' }));
const unknown = judgePatch(evidence([]));

describe('combineVerdicts', () => {
  it('leaves one verdict as it is', () => {
    expect(combineVerdicts([blocked])).toEqual(blocked);
  });

  it('is blocked where one part is, and never better than its worst', () => {
    expect(combineVerdicts([unknown, blocked]).answer).toBe('blocked');
    expect(combineVerdicts([unknown, unknown]).answer).toBe('unknown');
  });

  it('adds up reasons, classes and waits, oldest examples first', () => {
    const all = combineVerdicts([blocked, alsoBlocked, unknown]);
    expect(all.reasons[0]).toMatchObject({
      code: 'marker-live',
      count: 3,
      examples: [{ runId: 'b' }, { runId: 'c' }, { runId: 'a' }],
    });
    expect(all.reasons.map(({ code }) => code)).toEqual([
      'marker-live',
      'never-seen',
      'types-not-declared',
      'rule-not-built',
    ]);
    expect(all.classes['marker-live']).toBe(3);
    expect(all.wait).toEqual({ latestEndMs: 90, endlessRuns: 1 });
    expect(all).toMatchObject({ runsConsidered: 3, historiesRead: 3 });
  });
});
