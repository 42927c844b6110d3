import { describe, expect, it } from 'vitest';
import type { Check, Verdict } from '#lib/api/verdict/schemas.ts';
import { verdictText } from '#server/cli/verdict-text.ts';

const example = {
  workflowId: 'order-1',
  runId: 'run-1',
  workflowType: 'Order',
  taskQueue: 'orders',
  buildId: 'stage-2',
  startTime: '2026-11-20T10:00:00.000Z',
  endsBy: null,
};

const verdict: Verdict = {
  question: 'remove',
  min: null,
  answer: 'blocked',
  reasons: [
    { code: 'marker-live', count: 25, examples: [example] },
    { code: 'rule-not-built', count: null, examples: [] },
  ],
  evidence: {
    from: '2026-11-23T10:00:00.000Z',
    to: '2026-11-23T10:00:02.000Z',
    policy: 'open',
    historiesRead: 30,
    runsConsidered: 31,
  },
  classes: {
    unknown: 1,
    'no-task-yet': 0,
    'marker-live': 25,
    'marker-deprecated': 5,
    'version-refused': 0,
    'version-kept': 0,
    'may-hold-old-branch': 0,
    'not-judged': 0,
  },
  wait: { latestEnd: '2026-11-25T10:00:00.000Z', endlessRuns: 1 },
  isStoppedAtBlocker: false,
  calls: 31,
};

const check: Check = {
  ...verdict,
  patch: { kind: 'core', id: 'my-patch' },
  workflowType: null,
  byNamespace: [{ ...verdict, namespace: 'default' }],
};

const plain = { hasColor: false, nowMs: Date.parse('2026-11-23T10:00:00.000Z') };

describe('verdictText', () => {
  it('says the answer first, with icon, word and sentence', () => {
    expect(verdictText(check, plain).split('\n')[0]).toBe('■ blocked: open runs still need the call.');
    const unknown = verdictText({ ...check, answer: 'unknown' }, plain);
    expect(unknown.split('\n')[0]).toBe('? unknown: it cannot be shown that nothing needs the call.');
  });

  it('lists blocking runs with what a reader needs to find them, and how many more there are', () => {
    const text = verdictText(check, plain);
    expect(text).toMatch(/order-1 +run-1 +Order +orders +stage-2 +3 d +never by itself/);
    expect(text).toContain('… and 24 more');
    expect(text).toContain('To change it: Wait until these runs end');
    expect(text).toContain('ends by 2026-11-25T10:00:00.000Z (in 2 d). 1 blocking run without a timeout');
  });

  it('names beside what blocks what is not known, and explains it only when nothing blocks', () => {
    expect(verdictText(check, plain)).toContain(
      'Beside that, not known: Not judged by this version [rule-not-built].\n',
    );
    expect(verdictText(check, plain)).not.toContain('Rules about polling workers');
    const part: Check['byNamespace'][number] = {
      ...verdict,
      namespace: 'default',
      answer: 'unknown',
      reasons: verdict.reasons.slice(1),
    };
    expect(verdictText({ ...check, answer: 'unknown', byNamespace: [part] }, plain)).toContain(
      'Rules about polling workers',
    );
  });

  it('speaks of each namespace when there are several', () => {
    const other: Check['byNamespace'][number] = {
      ...verdict,
      namespace: 'other',
      answer: 'unknown',
      reasons: [],
      wait: null,
    };
    const text = verdictText({ ...check, byNamespace: [...check.byNamespace, other] }, plain);
    expect(text).toContain('namespaces default, other.');
    expect(text).toContain('■ blocked in namespace default\n');
    expect(text).toContain('? unknown in namespace other\n');
  });

  it('colours only a terminal', () => {
    expect(verdictText(check, plain)).not.toContain('\u001B');
    expect(verdictText(check, { ...plain, hasColor: true })).toContain('\u001B[31m■ blocked\u001B[0m');
  });

  it('shows control and right-to-left characters as escapes, wherever they came from', () => {
    const evil = 'a\u001B[2J\nb\u202Ec';
    const text = verdictText(
      {
        ...check,
        patch: { kind: 'core', id: evil },
        workflowType: evil,
        byNamespace: [
          {
            ...verdict,
            namespace: evil,
            reasons: [
              {
                code: 'marker-live',
                count: 1,
                examples: [
                  { ...example, workflowId: evil, runId: evil, workflowType: evil, taskQueue: evil, buildId: evil },
                ],
              },
            ],
          },
        ],
      },
      plain,
    );
    expect(text).not.toContain('\u001B');
    expect(text).not.toContain('\u202E');
    expect(text.match(/a\\u\{1b\}\[2J\\nb\\u\{202e\}c/g)).toHaveLength(8);
  });

  it('shows a code that it does not know as it came', () => {
    const newer = {
      ...verdict,
      namespace: 'default',
      answer: 'unknown' as const,
      reasons: [{ code: 'from-the-future', count: 2, examples: [] }],
    };
    expect(verdictText({ ...check, byNamespace: [newer] }, plain)).toContain('from-the-future (2)');
  });
});
