import { describe, expect, it } from 'vitest';
import { phraseText } from '#lib/format/phrase.ts';
import { confirmReason, limitWords, reachabilityWords, undoWords } from '#lib/format/plan-fact-words.ts';

describe('undoWords', () => {
  it('names the operations in their order and what stays', () => {
    expect(
      undoWords({
        kind: 'operations',
        operations: [
          { kind: 'promote-set', buildId: 'A' },
          { kind: 'promote-within-set', buildId: 'B' },
        ],
        leaves: 'new-build',
      }),
    ).toBe(
      'Can be undone: make the set of A queue default, then make B the default of its set. The new build ID stays in its set.',
    );
  });

  it.each(['merged', 'was-unversioned'] as const)('says why not: %s', (why) => {
    expect(undoWords({ kind: 'none', why })).toMatch(/^Cannot be undone: /);
  });
});

describe('reachabilityWords', () => {
  const words = (...reachability: string[]) => phraseText(reachabilityWords({ buildId: 'cafe', reachability }));

  it('says what reaches a build ID', () => {
    expect(words()).toBe('Nothing reaches cafe.');
    expect(words('new-workflows', 'open-workflows')).toBe('New runs and open runs may reach cafe.');
    expect(words('new-workflows', 'open-workflows', 'closed-workflows')).toBe(
      'New runs, open runs and queries of closed runs may reach cafe.',
    );
  });

  it('never takes “not looked up” for “nothing”, and passes on what it does not know', () => {
    expect(words('unspecified')).toBe('Whether anything reaches cafe was not looked up.');
    expect(words('later-kind')).toBe('Later-kind may reach cafe.');
  });
});

describe('confirmReason', () => {
  const after = { sets: [{ buildIds: ['a'] }, { buildIds: ['b', 'c'] }] };

  const moving = (count: number | null) => [{ code: 'open-runs-move', buildId: 'c', count } as const];

  it('says what will wait', () => {
    expect(phraseText(confirmReason('c', after, []))).toBe(
      'No worker polls with c: new runs will wait until one is started.',
    );
    expect(phraseText(confirmReason('c', after, moving(1)))).toContain(': new runs and 1 open run will wait');
    expect(phraseText(confirmReason('a', after, [{ code: 'open-runs-stay', buildId: 'a', count: 2 }]))).toContain(
      ': 2 open runs will wait',
    );
  });

  it('never takes an unknown count for none', () => {
    expect(phraseText(confirmReason('c', after, moving(null)))).toContain(
      'new runs and the open runs of its set will wait',
    );
    expect(phraseText(confirmReason('a', after, moving(3)))).toContain(': what comes to it will wait');
  });
});

describe('limitWords', () => {
  it('says how much of it is used', () => {
    expect(limitWords({ limit: 'sets', holds: 11, allows: 10 })).toBe('11 of 10 sets');
    expect(limitWords({ limit: 'task-queues-of-build-id', holds: 2, allows: 20 })).toContain('2 of 20 queues');
  });
});
