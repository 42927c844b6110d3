import { describe, expect, it } from 'vitest';
import { EXAMPLES_MAX } from '#lib/domain/verdict/examples.ts';
import { judgePatch } from '#lib/domain/verdict/judge-patch.ts';
import { coreMarker, evidence, run, task, TYPESCRIPT_HASHED, versionMarker } from '#lib/domain/verdict/testing/runs.ts';
import type { Evidence, ReasonCode } from '#lib/domain/verdict/types.ts';

const live = coreMarker('my-patch', false);
const deprecated = coreMarker('my-patch', true);

function codes(world: Evidence): readonly ReasonCode[] {
  return judgePatch(world).reasons.map((reason) => reason.code);
}

describe('judgePatch', () => {
  it('blocks removal by a live marker and names the build that wrote it', () => {
    const first = task({ buildId: 'stage-2', completedEventId: 4 });
    const later = task({ buildId: 'stage-3', completedEventId: 10, startedEventId: 9 });
    const verdict = judgePatch(evidence([run('a', { markers: [live], tasks: [first, later], endsByMs: 9_000 })]));
    expect(verdict.answer).toBe('blocked');
    expect(verdict.reasons[0]).toMatchObject({
      code: 'marker-live',
      count: 1,
      examples: [{ runId: 'a', buildId: 'stage-2' }],
    });
    expect(verdict.wait).toEqual({ latestEndMs: 9_000, endlessRuns: 0 });
  });

  it('does not clear removal by a deprecated marker: rules about workers are not built', () => {
    const verdict = judgePatch(evidence([run('a', { markers: [deprecated] })], { workflowType: 'T' }));
    expect(verdict).toMatchObject({ answer: 'unknown', wait: null });
    expect(verdict.reasons).toEqual([{ code: 'rule-not-built', count: null, examples: [] }]);
    expect(verdict.classes['marker-deprecated']).toBe(1);
  });

  it('blocks deprecation by an unmarked run of a type that uses the patch', () => {
    const world = evidence([run('patched', { markers: [live] }), run('old')], { question: { name: 'deprecate' } });
    expect(judgePatch(world).reasons[0]).toMatchObject({ code: 'may-hold-old-branch', examples: [{ runId: 'old' }] });
  });

  it('leaves a run alone whose last task a trusted worker completed: it may have survived', () => {
    const old = task({ completedEventId: 4 });
    const hashed = task({ completedEventId: 10, buildId: TYPESCRIPT_HASHED });
    const world = evidence([run('a', { tasks: [old, hashed] })], {
      question: { name: 'deprecate' },
      rememberedTypes: ['T'],
    });
    expect(judgePatch(world)).toMatchObject({ answer: 'unknown', classes: { 'not-judged': 1 } });
  });

  it('leaves a run without the marker to rules not built, whatever is asked besides deprecate', () => {
    const runs = [run('a', { markers: [deprecated], startMs: 1 }), run('bare', { startMs: 2 })];
    const verdict = judgePatch(evidence(runs, { workflowType: 'T' }));
    expect(verdict.classes).toMatchObject({ 'not-judged': 1, 'may-hold-old-branch': 0 });
    expect(verdict.reasons).toMatchObject([{ code: 'rule-not-built', count: 1, examples: [{ runId: 'bare' }] }]);
  });

  it('counts a started task as its worker’s', () => {
    const started = task({ completedEventId: null });
    const world = { question: { name: 'deprecate' }, rememberedTypes: ['T'] } as const;
    expect(judgePatch(evidence([run('a', { tasks: [started] })], world)).answer).toBe('blocked');
    expect(judgePatch(evidence([run('a', { tasks: [] })], world)).classes['no-task-yet']).toBe(1);
  });

  it('does not clear deprecation by a TypeScript marker that came after other tasks', () => {
    const tasks = [4, 10].map((completedEventId) => task({ completedEventId, sdkName: 'temporal-typescript' }));
    const at = (event: number) =>
      run('a', { tasks, markers: [coreMarker('my-patch', false, { workflowTaskCompletedEventId: event })] });
    const question = { name: 'deprecate' } as const;
    expect(judgePatch(evidence([at(10)], { question })).classes['not-judged']).toBe(1);
    expect(judgePatch(evidence([at(4)], { question })).classes['marker-live']).toBe(1);
  });

  it.each([
    [{ name: 'raise-min', version: 2 } as const, 'version-below-min', ['one']],
    [{ name: 'drop-call', version: 2 } as const, 'version-differs', ['one', 'three']],
  ])('$name blocks on recorded versions', (question, code, runIds) => {
    const runs = [1, 2, 3].map((version, index) =>
      run(['one', 'two', 'three'][index] ?? '', { startMs: index, markers: [versionMarker('my-patch', version)] }),
    );
    const [reason] = judgePatch(evidence(runs, { question })).reasons;
    expect(reason).toMatchObject({ code, examples: runIds.map((runId) => ({ runId })) });
  });

  it('keeps the two kinds of one id apart', () => {
    const world = evidence([run('a', { markers: [versionMarker('my-patch', 1)] })]);
    expect(codes(world)).toContain('never-seen');
  });

  it('does not take a typing error for a patch that is gone', () => {
    const runs = [run('a', { markers: [live], runLabels: ['my-patch'] })];
    expect(codes(evidence(runs, { patchId: 'my-pacth' }))).toContain('never-seen');
    expect(codes(evidence(runs, { patchId: 'MY-PATCH' }))).toContain('never-seen');
    expect(codes(evidence(runs, { workflowType: 'Typo' }))).toContain('never-seen');
    expect(codes(evidence([], { rememberedTypes: ['T'], workflowType: 'Typo' }))).toContain('never-seen');
    expect(codes(evidence([], { rememberedTypes: ['T'], workflowType: 'T' }))).not.toContain('never-seen');
  });

  it('finds by labels but proves nothing by them', () => {
    const labelled = run('a', { runLabels: ['my-patch'] });
    expect(judgePatch(evidence([labelled])).answer).toBe('unknown');
    expect(codes(evidence([labelled]))).toContain('label-only');
    expect(codes(evidence([labelled]))).not.toContain('never-seen');
    const version = evidence([run('a', { runLabels: ['a-b-1--1'] })], {
      question: { name: 'raise-min', version: 1 },
      patchId: 'a-b-1',
    });
    expect(codes(version)).not.toContain('never-seen');
  });

  it('says of each unread run why it was not read', () => {
    const unread = [run('a', { isUnread: true }), run('b', { isUnread: true })];
    const verdict = judgePatch(evidence(unread, { unreadCode: 'evidence-budget', unreadableRunIds: new Set(['b']) }));
    expect(verdict.reasons).toMatchObject([
      { code: 'never-seen' },
      { code: 'history-unreadable', examples: [{ runId: 'b', buildId: null }] },
      { code: 'evidence-budget', examples: [{ runId: 'a' }] },
      { code: 'types-not-declared' },
      { code: 'rule-not-built' },
    ]);
  });

  it('leaves out runs that closed while they were read', () => {
    expect(judgePatch(evidence([run('a', { markers: [live], isClosed: true })])).answer).toBe('unknown');
  });

  it('names one run of each type that it did not look at', () => {
    const runs = [
      run('new', { type: 'U', startMs: 9 }),
      run('old', { type: 'U', startMs: 2 }),
      run('a', { markers: [deprecated] }),
    ];
    const reason = judgePatch(evidence(runs)).reasons.find(({ code }) => code === 'types-not-declared');
    expect(reason).toMatchObject({ count: 1, examples: [{ runId: 'old', workflowType: 'U' }] });
  });

  it('counts all and shows the oldest', () => {
    const runs = Array.from({ length: 50 }, (_, index) => run(`r${index}`, { startMs: 100 - index, markers: [live] }));
    const { reasons, wait } = judgePatch(evidence(runs));
    const [reason] = reasons;
    expect(wait).toEqual({ latestEndMs: null, endlessRuns: 50 });
    expect(reason?.count).toBe(50);
    expect(reason?.examples).toHaveLength(EXAMPLES_MAX);
    expect(reason?.examples[0]?.runId).toBe('r49');
  });
});
