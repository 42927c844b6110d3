import { describe, expect, it } from 'vitest';
import { type KnownAnswers, shownAnswer } from '#components/patches/answer-state.ts';
import { changesFor } from '#components/patches/changes-for.ts';
import { askedQuestion } from '#lib/api/verdict/asked-question.ts';
import { questionsToAsk } from '#components/patches/questions-to-ask.ts';
import type { PatchItem } from '#lib/api/patches/schemas.ts';
import type { Reason, StoredVerdict, Verdict } from '#lib/api/verdict/schemas.ts';
import { NO_CLASSES } from '#lib/domain/verdict/run-classes.ts';

const NOW_MS = Date.UTC(2026, 11, 1, 12);
const at = (minutesAgo: number) => new Date(NOW_MS - minutesAgo * 60_000).toISOString();

function verdictOf(minutesAgo: number, parts: Partial<Verdict> = {}): Verdict {
  return {
    question: 'remove',
    min: null,
    workflowType: null,
    answer: 'safe',
    reasons: [],
    notes: [],
    classes: NO_CLASSES,
    wait: null,
    source: 'asked',
    evidence: {
      from: at(minutesAgo + 1),
      to: at(minutesAgo),
      policy: 'open',
      historiesRead: 0,
      runsConsidered: 0,
      calls: 0,
    },
    isStoppedAtBlocker: false,
    validUntil: at(minutesAgo - 5),
    lastClosedLeaves: null,
    assumptions: [],
    contradictions: [],
    byType: [],
    ...parts,
  };
}

const storedOf = (verdict: Verdict, parts: Partial<StoredVerdict> = {}): StoredVerdict => ({
  verdict,
  askedBy: 'ann',
  isExpired: false,
  withdrawn: null,
  ...parts,
});
const nothing: KnownAnswers = { given: null, stored: null, job: null, factsChangedAt: null };

describe('shownAnswer', () => {
  it('is the picture’s until somebody asked, and an asked one ever after', () => {
    const picture = verdictOf(0, { source: 'picture', answer: 'unknown', validUntil: null });
    expect(shownAnswer({ ...nothing, given: picture }, NOW_MS)).toEqual({
      verdict: picture,
      askedBy: null,
      stale: null,
    });
    const old = verdictOf(30);
    const shown = shownAnswer({ ...nothing, given: picture, stored: storedOf(old) }, NOW_MS);
    expect(shown.verdict).toBe(old);
    expect(shown.stale).toMatch(/^Expired/);
  });

  it('is the newest of those that were asked', () => {
    const [older, newer] = [verdictOf(4), verdictOf(1)];
    expect(shownAnswer({ ...nothing, given: older, stored: storedOf(newer) }, NOW_MS)).toMatchObject({
      verdict: newer,
      askedBy: 'ann',
      stale: null,
    });
  });

  it('says why a young answer holds no longer, with what was seen, escaped', () => {
    const withdrawn = { code: 'worker-appeared', seen: 'v9\u202e' } as const;
    const shown = shownAnswer({ ...nothing, stored: storedOf(verdictOf(1), { withdrawn }) }, NOW_MS);
    expect(shown.stale).toBe('Withdrawn: a worker that breaks the rule has appeared since: v9\\u{202e}.');
  });

  it('never passes as fresh after a fact was declared or withdrawn', () => {
    const known = { ...nothing, stored: storedOf(verdictOf(2)) };
    expect(shownAnswer({ ...known, factsChangedAt: at(1) }, NOW_MS).stale).toMatch(/declared fact/);
    expect(shownAnswer({ ...known, factsChangedAt: at(60) }, NOW_MS).stale).toBeNull();
  });

  it('expires by the clock, though nobody told the page', () => {
    expect(shownAnswer({ ...nothing, given: verdictOf(4) }, NOW_MS).stale).toBeNull();
    expect(shownAnswer({ ...nothing, given: verdictOf(6) }, NOW_MS).stale).not.toBeNull();
  });
});

describe('changesFor', () => {
  const reasonOf = (code: string): Reason => ({ code, count: 1, examples: [], workers: [], workflowTypes: ['Order'] });

  it('tells first what decides a blocked answer, then what would still be missing', () => {
    const verdict = verdictOf(0, {
      answer: 'blocked',
      reasons: [reasonOf('marker-live'), reasonOf('types-not-declared')],
    });
    const { first, later } = changesFor(verdict, askedQuestion(verdict), 'p');
    expect(first.map(({ code }) => code)).toEqual(['marker-live']);
    expect(later.map(({ code }) => code)).toEqual(['types-not-declared']);
  });

  it('offers one declaration once', () => {
    const workers = [
      {
        identity: { deploymentVersion: null, taskQueue: 'q', buildId: 'b' },
        taskQueue: 'q',
        pollers: [],
        lastPoll: null,
      },
    ];
    const run = {
      workflowId: 'w',
      runId: 'r',
      workflowType: 'Order',
      taskQueue: 'q',
      buildId: 'b',
      startTime: at(9),
      endsBy: null,
    };
    const verdict = verdictOf(0, {
      question: 'deprecate',
      answer: 'unknown',
      reasons: [
        { ...reasonOf('may-hold-old-branch'), examples: [run] },
        { ...reasonOf('worker-not-known'), workers },
      ],
    });
    const floors = changesFor(verdict, askedQuestion(verdict), 'p')
      .first.flatMap(({ remedies }) => remedies)
      .filter((remedy) => remedy.kind === 'declare' && remedy.claim.kind === 'floor');
    expect(floors).toHaveLength(1);
  });

  it('finds suspect builds that poll no more', () => {
    const identity = { deploymentVersion: null, taskQueue: 'q', buildId: 'b' };
    const row = {
      identity,
      isTrusted: true,
      isSuspect: true,
      live: 1,
      deprecated: 0,
      versions: [],
      isPolling: false,
      lastTask: null,
    };
    const verdict = verdictOf(0, {
      answer: 'unknown',
      reasons: [reasonOf('identity-suspect')],
      byType: [
        {
          ...verdictOf(0),
          workflowType: 'Order',
          taskQueues: ['q'],
          runsConsidered: 1,
          historiesRead: 1,
          identities: [row],
        },
      ],
    });
    expect(changesFor(verdict, askedQuestion(verdict), 'p').first[0]?.remedies).toEqual([
      { kind: 'declare', claim: { kind: 'identity-confirmed', identity } },
    ]);
  });
});

describe('questionsToAsk', () => {
  const item = (parts: Pick<PatchItem, 'kind' | 'stage' | 'answers'>) => ({ id: 'p', ...parts }) as PatchItem;

  it('is each patch’s next one, and none where no version is known', () => {
    const version = { question: 'raise-min', min: 2, answer: 'unknown', source: 'picture' } as const;
    const asked = questionsToAsk([
      item({ kind: 'core', stage: 'deprecating', answers: [] }),
      item({ kind: 'version', stage: 'introduced', answers: [version] }),
      item({ kind: 'version', stage: 'not-carried', answers: [] }),
    ]);
    expect(asked.map(({ question, min }) => [question, min])).toEqual([
      ['remove', null],
      ['raise-min', 2],
    ]);
  });
});
