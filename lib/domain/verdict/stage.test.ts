import { describe, expect, it } from 'vitest';
import { type AskedForStage, type CarriedCounts, type StageInput, stageOf } from '#lib/domain/verdict/stage.ts';

const none: CarriedCounts = { live: 0, deprecated: 0, versions: [], unreadable: 0, notRead: 0 };
const writer = (over: Partial<AskedForStage['byType'][number]['identities'][number]> = {}) => ({
  live: 0,
  deprecated: 0,
  versions: [],
  isPolling: false,
  ...over,
});

function asked(over: Partial<AskedForStage> & { identities?: AskedForStage['byType'][number]['identities'] } = {}) {
  const { identities = [], ...rest } = over;
  return {
    question: 'remove',
    answer: 'unknown',
    isStoppedAtBlocker: false,
    reasons: [],
    byType: [{ identities }],
    ...rest,
  } satisfies AskedForStage;
}

function stage(counts: Partial<CarriedCounts>, over: Partial<StageInput> = {}) {
  return stageOf({
    kind: 'core',
    counts: { ...none, ...counts },
    isListComplete: true,
    isSeen: true,
    asked: [],
    ...over,
  });
}

describe('stageOf by the picture alone', () => {
  it.each([
    ['core', { live: 3 }, 'introduced'],
    ['core', { live: 3, notRead: 7 }, 'introduced'],
    ['core', { live: 3, deprecated: 1 }, 'deprecating'],
    ['version', { versions: [{ openRuns: 2 }] }, 'introduced'],
    ['core', {}, 'not-carried'],
    ['version', {}, 'not-carried'],
    ['core', { notRead: 1 }, 'unknown'],
    ['core', { unreadable: 1 }, 'unknown'],
  ] as const)('%s %j is %s', (kind, counts, expected) => {
    expect(stage(counts, { kind })).toBe(expected);
  });

  it('says nothing of a list that is not whole', () => {
    expect(stage({}, { isListComplete: false })).toBe('unknown');
  });
});

describe('stageOf with asked answers', () => {
  it('is ready only while the answer is safe', () => {
    const safe = (question: 'deprecate' | 'remove') => [asked({ question, answer: 'safe' })];
    expect(stage({ live: 3 }, { asked: safe('deprecate') })).toBe('ready-to-deprecate');
    expect(stage({ deprecated: 3 }, { asked: safe('deprecate') })).toBe('deprecating');
    expect(stage({ deprecated: 3 }, { asked: safe('remove') })).toBe('ready-to-remove');
    expect(stage({}, { asked: safe('remove') })).toBe('ready-to-remove');
    for (const answer of ['blocked', 'unknown'] as const) {
      expect(stage({ live: 3 }, { asked: [asked({ question: 'deprecate', answer })] })).toBe('introduced');
      expect(stage({ deprecated: 3 }, { asked: [asked({ answer })] })).toBe('deprecating');
    }
  });

  it('never calls a GetVersion patch ready', () => {
    const answer = asked({ question: 'drop-call', answer: 'safe' });
    expect(stage({ versions: [{ openRuns: 1 }] }, { kind: 'version', asked: [answer] })).toBe('introduced');
    expect(stage({}, { kind: 'version', asked: [answer] })).toBe('not-carried');
  });

  it('is deprecating while only live runs are open and the newest writer deprecates', () => {
    const [before, now] = [writer({ live: 4 }), writer({ deprecated: 1, isPolling: true })];
    const unrelated = writer({ isPolling: true });
    expect(stage({ live: 3 }, { asked: [asked({ identities: [unrelated, now, before] })] })).toBe('deprecating');
    expect(stage({ live: 3 }, { asked: [asked({ identities: [before, now] })] })).toBe('introduced');
    const both = writer({ live: 1, deprecated: 1 });
    expect(stage({ live: 3 }, { asked: [asked({ identities: [both] })] })).toBe('introduced');
  });

  it('is gone when no open run carries it and nobody who wrote it polls', () => {
    const past = writer({ live: 4, versions: [1] });
    const answer = asked({ identities: [writer({ isPolling: true }), past] });
    expect(stage({}, { asked: [answer] })).toBe('gone');
    expect(stage({}, { kind: 'version', asked: [{ ...answer, question: 'raise-min' }] })).toBe('gone');
    expect(stage({ live: 1 }, { asked: [answer] })).toBe('introduced');
    expect(stage({ notRead: 1 }, { asked: [answer] })).toBe('unknown');
    expect(stage({}, { asked: [answer], isSeen: false })).toBe('not-carried');
  });

  it.each([
    ['a writer polls', asked({ identities: [writer({ deprecated: 1, isPolling: true })] })],
    ['a version writer polls', asked({ identities: [writer({ versions: [2], isPolling: true })] })],
    ['a poller is declared to have the call', asked({ reasons: [{ code: 'worker-writes-live' }] })],
    ['pollers were not watched', asked({ reasons: [{ code: 'workers-not-watched' }] })],
    ['queues are not known', asked({ reasons: [{ code: 'queues-not-known' }] })],
    ['reading stopped at a blocker', asked({ isStoppedAtBlocker: true })],
  ])('is not gone when %s', (_name, answer) => {
    expect(stage({}, { asked: [answer] })).toBe('not-carried');
  });

  it('is not gone when one of two answers shows a writer', () => {
    const shows = asked({ isStoppedAtBlocker: true, identities: [writer({ live: 1, isPolling: true })] });
    expect(stage({}, { asked: [asked(), shows] })).toBe('not-carried');
  });
});
