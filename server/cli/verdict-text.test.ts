import { describe, expect, it } from 'vitest';
import type { Declaration } from '#lib/api/declarations/schemas.ts';
import type { Check, Verdict } from '#lib/api/verdict/schemas.ts';
import { NO_CLASSES } from '#lib/domain/verdict/run-classes.ts';
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

const none = { examples: [], workers: [], workflowTypes: [] };
const live = { ...none, code: 'marker-live', count: 25, examples: [example], workflowTypes: ['Order'] };
const unknownWorker = {
  ...none,
  code: 'worker-not-known',
  count: 1,
  workers: [
    {
      identity: { deploymentVersion: null, taskQueue: 'orders', buildId: 'v7' },
      taskQueue: 'orders',
      pollers: ['7@host'],
      lastPoll: '2026-11-23T09:59:00.000Z',
    },
  ],
};

const verdict: Verdict = {
  question: 'remove',
  min: null,
  workflowType: null,
  source: 'asked',
  answer: 'blocked',
  reasons: [live, unknownWorker],
  notes: [{ code: 'closed-not-looked-at', count: 3, examples: [] }],
  evidence: {
    from: '2026-11-23T10:00:00.000Z',
    to: '2026-11-23T10:00:02.000Z',
    policy: 'open',
    historiesRead: 30,
    runsConsidered: 31,
    calls: 31,
  },
  classes: { ...NO_CLASSES, unknown: 1, 'marker-live': 25, 'marker-deprecated': 5 },
  wait: { latestEnd: '2026-11-25T10:00:00.000Z', endlessRuns: 1 },
  isStoppedAtBlocker: false,
  validUntil: '2026-11-23T10:05:02.000Z',
  lastClosedLeaves: null,
  assumptions: [],
  contradictions: [],
  byType: [],
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
    expect(verdictText(check, plain).split('\n')[0]).toBe('■ blocked: 25 open runs still need the call.');
    const unknown = verdictText({ ...check, answer: 'unknown', reasons: [unknownWorker] }, plain);
    expect(unknown.split('\n')[0]).toMatch(/^\? unknown: May deprecate_patch go\? Not known: /);
  });

  it('lists blocking runs with what a reader needs to find them, and how many more there are', () => {
    const text = verdictText(check, plain);
    expect(text).toMatch(/order-1 +run-1 +Order +orders +stage-2 +3 d +never by itself/);
    expect(text).toContain('… and 24 more');
    expect(text).toContain('To change it: Wait until these runs end');
    expect(text).toContain('1 blocking run has no timeout and never ends by itself.');
    expect(text).toContain('3 closed runs were not looked at');
  });

  it('names beside what blocks what is not known, and explains it with a command only when nothing blocks', () => {
    expect(verdictText(check, plain)).toMatch(/Beside that, not known: .* \(1\) \[worker-not-known\]\.\n/);
    expect(verdictText(check, plain)).not.toContain('patchboard declare');
    const part: Check['byNamespace'][number] = {
      ...verdict,
      namespace: 'default',
      answer: 'unknown',
      reasons: [unknownWorker],
    };
    const text = verdictText({ ...check, answer: 'unknown', byNamespace: [part] }, plain);
    expect(text).toContain('build v7 of queue orders: 7@host polls, last 1 min ago');
    expect(text).toContain('patchboard declare ids-name-one-code --queue orders --namespace default');
    expect(text).toContain('--since TIME');
  });

  it('warns of what a safe answer does not allow, and prints what it assumes and what was contradicted', () => {
    const fact: Declaration = {
      id: '1',
      declaredBy: 'cli:alice',
      declaredAt: '2026-11-22T10:00:00.000Z',
      note: '',
      claim: { kind: 'ids-name-one-code', taskQueue: null },
      withdrawn: null,
      isConfigured: false,
    };
    const part: Check['byNamespace'][number] = {
      ...verdict,
      namespace: 'default',
      answer: 'safe',
      reasons: [],
      wait: null,
      assumptions: [fact],
      contradictions: [{ fact, why: 'floor-broken', seen: 'v6' }],
    };
    const text = verdictText({ ...check, answer: 'safe', reasons: [], byNamespace: [part] }, plain);
    expect(text).toContain('assuming build IDs of the namespace name one code (cli:alice, 2026-11-22T10:00:00.000Z)');
    expect(text).toContain('contradicted by v6, so not used: build IDs of the namespace');
    expect(text).toContain('rolled back below deprecate_patch');
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
                ...none,
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
      reasons: [{ ...none, code: 'from-the-future', count: 2 }],
    };
    expect(verdictText({ ...check, byNamespace: [newer] }, plain)).toContain('from-the-future (2)');
  });
});
