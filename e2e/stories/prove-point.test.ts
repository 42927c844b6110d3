import { describe, expect, it } from 'vitest';
import { judgeProof } from '#e2e/stories/prove-point.ts';
import type { StoryPoint } from '#e2e/stories/point.ts';
import type { RunExample, Verdict } from '#lib/api/verdict/schemas.ts';

const POINT: StoryPoint = {
  name: 'deprecate',
  workflowType: 'Order',
  patchId: 'my-patch',
  question: { name: 'deprecate' },
  changed: 'stage-3-deprecated',
  expected: null,
  breaks: null,
};

const EXAMPLE: RunExample = {
  workflowId: 'a',
  runId: 'run',
  workflowType: 'Order',
  taskQueue: 'stories',
  buildId: null,
  startTime: '2026-01-01T00:00:00.000Z',
  endsBy: null,
};

function verdictOf(answer: Verdict['answer'], named: Readonly<Record<string, readonly string[]>> = {}): Verdict {
  return {
    question: 'deprecate',
    min: null,
    workflowType: 'Order',
    source: 'asked',
    answer,
    reasons: Object.entries(named).map(([code, ids]) => ({
      code,
      count: ids.length,
      examples: ids.map((workflowId) => ({ ...EXAMPLE, workflowId })),
      workers: [],
      workflowTypes: ['Order'],
    })),
    notes: [],
    classes: {
      'marker-live': 0,
      'may-hold-old-branch': 0,
      'label-full': 0,
      'version-refused': 0,
      unknown: 0,
      'marker-deprecated': 0,
      'version-kept': 0,
      survived: 0,
      'not-reached': 0,
      proven: 0,
      'no-task-yet': 0,
      fenced: 0,
    },
    wait: null,
    evidence: { from: null, to: null, policy: 'open', historiesRead: 0, runsConsidered: 0, calls: 0 },
    isStoppedAtBlocker: false,
    validUntil: null,
    lastClosedLeaves: null,
    assumptions: [],
    contradictions: [],
    byType: [],
  };
}

const PASSES = { workflowId: 'a', error: null };
const FAILS = { workflowId: 'a', error: '[TMPRL1100]' };

describe('judgeProof', () => {
  it('finds nothing wrong where the answer and the replayer fit', () => {
    expect(judgeProof(POINT, verdictOf('safe'), [PASSES]).problems).toEqual([]);
    expect(judgeProof(POINT, verdictOf('blocked', { 'marker-live': ['a'] }), [FAILS]).problems).toEqual([]);
    expect(judgeProof(POINT, verdictOf('blocked', { 'may-hold-old-branch': ['a'] }), [PASSES]).problems).toEqual([]);
    const foretold = { ...POINT, expected: 'blocked', breaks: ['a'] } as const;
    expect(judgeProof(foretold, verdictOf('blocked', { 'may-hold-old-branch': ['a'] }), [FAILS]).problems).toEqual([]);
  });

  it.each([
    ['a safe answer that the replayer breaks', POINT, verdictOf('safe'), [FAILS]],
    ['a run named as surely breaking that replays', POINT, verdictOf('blocked', { 'label-full': ['a'] }), [PASSES]],
    ['another answer than the story’s', { ...POINT, expected: 'safe' } as const, verdictOf('unknown'), [PASSES]],
    [
      'a designed blocker of which none fails',
      { ...POINT, expected: 'blocked' } as const,
      verdictOf('blocked', { 'may-hold-old-branch': ['a'] }),
      [PASSES],
    ],
    [
      'a designed blocker that is blocked by something else',
      { ...POINT, expected: 'blocked' } as const,
      verdictOf('blocked', { 'worker-writes-live': [] }),
      [FAILS],
    ],
    ['a replay that fails against the story', { ...POINT, breaks: [] }, verdictOf('unknown'), [FAILS]],
    ['a replay that passes against the story', { ...POINT, breaks: ['a'] }, verdictOf('unknown'), [PASSES]],
  ])('finds %s', (_what, point, verdict, replayed) => {
    expect(judgeProof(point, verdict, replayed).problems).toHaveLength(1);
  });
});
