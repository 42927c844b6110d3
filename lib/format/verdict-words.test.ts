import { describe, expect, it } from 'vitest';
import { REASON_ORDER } from '#lib/domain/verdict/reason-order.ts';
import { NO_CLASSES } from '#lib/domain/verdict/run-classes.ts';
import { CLASS_WORDS, classMeaning } from '#lib/format/class-words.ts';
import { NOTE_WORDS, REASON_WORDS } from '#lib/format/reason-words.ts';
import {
  answerSentence,
  assumingWords,
  noteWordsOf,
  policyWords,
  progressWords,
  QUESTION_WORDS,
  waitWords,
  wordsOf,
} from '#lib/format/verdict-words.ts';

const remove = { question: 'remove', min: null, isStoppedAtBlocker: false } as const;
const NOW_MS = Date.UTC(2026, 11, 1);

describe('the tables', () => {
  it('have words for every reason of the verdict, each telling what would change it', () => {
    expect(Object.keys(REASON_WORDS).toSorted()).toEqual(REASON_ORDER.toSorted());
    for (const code of REASON_ORDER) {
      const { title, sentence, change, brief } = wordsOf(code);
      for (const words of [sentence, change]) expect(words).toMatch(/^[A-Z`].*\.$/);
      expect(title).not.toMatch(/\.$/);
      for (const count of [null, 1, 14]) expect(brief(count)).not.toMatch(/\.$|null|undefined/);
    }
  });

  it('have words for every class, in the order in which a reader meets them', () => {
    expect(Object.keys(CLASS_WORDS)).toEqual(Object.keys(NO_CLASSES));
  });

  it('shout at nobody', () => {
    const tables = [REASON_WORDS, NOTE_WORDS, CLASS_WORDS, QUESTION_WORDS];
    expect(JSON.stringify(tables)).not.toContain('!');
  });

  it('show a code that is not known here as it came', () => {
    expect(wordsOf('of-the-future').title).toBe('of-the-future');
    expect(noteWordsOf('toString').title).toBe('toString');
  });
});

describe('answerSentence', () => {
  it('names everything that blocks, and nothing else', () => {
    const reasons = [
      { code: 'marker-live', count: 14 },
      { code: 'worker-writes-live', count: 1 },
      { code: 'types-not-declared', count: null },
    ];
    expect(answerSentence({ ...remove, answer: 'blocked', reasons })).toBe(
      '14 open runs still need the call; 1 polling build is not on deprecate_patch.',
    );
  });

  it('says “at least” where reading ended early', () => {
    const reasons = [{ code: 'marker-live', count: 2 }];
    expect(answerSentence({ ...remove, answer: 'blocked', reasons, isStoppedAtBlocker: true })).toBe(
      'At least 2 open runs still need the call.',
    );
  });

  it('names the first things that are missing and counts the others', () => {
    const reasons = ['worker-not-known', 'no-poller', 'callback-not-declared', 'types-not-declared'].map((code) => ({
      code,
      count: null,
    }));
    expect(answerSentence({ ...remove, answer: 'unknown', reasons })).toBe(
      'May deprecate_patch go? Not known: the code of polling builds is not known; no worker polls; and 2 more reasons.',
    );
  });

  it('names the version that GetVersion’s questions are about', () => {
    const raise = { question: 'raise-min', min: 2, isStoppedAtBlocker: false } as const;
    expect(answerSentence({ ...raise, answer: 'safe', reasons: [] })).toMatch(/^minSupported may be raised to 2: /);
    const drop = { ...raise, question: 'drop-call' } as const;
    expect(answerSentence({ ...drop, answer: 'unknown', reasons: [{ code: 'no-poller', count: null }] })).toBe(
      'May the GetVersion call go and the branch of version 2 stay? Not known: no worker polls.',
    );
  });

  it('of a safe answer is what was shown', () => {
    expect(answerSentence({ ...remove, answer: 'safe', reasons: [] })).toBe(
      'deprecate_patch may go: no open run needs the call, and every worker runs deprecate_patch.',
    );
  });
});

describe('classMeaning', () => {
  it('of a live marker depends on the question', () => {
    expect(classMeaning('marker-live', 'remove')).toBe('blocked');
    expect(classMeaning('marker-live', 'deprecate')).toBe('safe');
    expect(classMeaning('unknown', 'remove')).toBe('unknown');
  });
});

describe('policyWords', () => {
  const open = { answer: 'safe', evidence: { policy: 'open' }, lastClosedLeaves: null } as const;

  it('never lets “safe” stand without the closed runs that nobody looked at', () => {
    const notes = [{ code: 'closed-not-looked-at', count: 12 }];
    expect(policyWords({ ...open, notes })).toBe('Safe for open runs; 12 closed runs were not looked at.');
    expect(policyWords({ ...open, notes: [{ code: 'closed-not-looked-at', count: null }] })).toBe(
      'Safe for open runs; closed runs were not looked at.',
    );
  });

  it('says until when closed runs matter', () => {
    const retention = { ...open, evidence: { policy: 'retention' }, notes: [] } as const;
    expect(policyWords({ ...retention, lastClosedLeaves: '2026-12-12T08:00:00.000Z' })).toContain(
      'the last of them leaves on 12 Dec 2026, 08:00:00 UTC',
    );
  });
});

describe('waitWords', () => {
  it('says when the last blocking run ends, and which never do', () => {
    expect(waitWords({ latestEnd: '2026-12-04T00:00:00.000Z', endlessRuns: 2 }, NOW_MS)).toBe(
      'The last blocking run with a timeout ends by 4 Dec 2026, 00:00:00 UTC at the latest (in 3 d). 2 blocking runs have no timeout and never end by themselves.',
    );
    expect(waitWords({ latestEnd: null, endlessRuns: 1 }, NOW_MS)).toBe(
      '1 blocking run has no timeout and never ends by itself.',
    );
  });
});

it('progress is told in words', () => {
  const progress = { phase: 'histories', historiesRead: 120, historiesWanted: 1400 } as const;
  expect(progressWords(progress)).toBe('Reading histories: 120 of 1,400');
});

it('an answer names what it assumes', () => {
  expect(assumingWords([])).toBe('');
  expect(
    assumingWords([
      { kind: 'callback', use: 'none' },
      { kind: 'ids-name-one-code', taskQueue: null },
    ]),
  ).toBe('assuming no patch activation callback is in use; build IDs of the namespace name one code');
});
