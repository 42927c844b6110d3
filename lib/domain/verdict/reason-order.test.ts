import { describe, expect, it } from 'vitest';
import { answerOf, isBlockingCode, REASON_ORDER } from '#lib/domain/verdict/reason-order.ts';

/** By hand, so that a code that moves from one side to the other is seen. */
const BLOCKING = [
  'marker-live',
  'may-hold-old-branch',
  'version-below-min',
  'version-differs',
  'label-full',
  'worker-lacks-call',
  'worker-writes-live',
  'worker-writes-other-version',
  'callback-in-use',
];

describe('the answer', () => {
  it('is safe only without any reason', () => {
    expect(answerOf([])).toBe('safe');
    for (const code of REASON_ORDER) expect(answerOf([{ code }])).toBe(BLOCKING.includes(code) ? 'blocked' : 'unknown');
  });

  it('is blocked as soon as one reason blocks', () => {
    expect(answerOf([{ code: 'never-seen' }, { code: 'marker-live' }, { code: 'no-poller' }])).toBe('blocked');
    expect(answerOf([{ code: 'never-seen' }, { code: 'no-poller' }])).toBe('unknown');
  });
});

describe('the order of telling', () => {
  it('is what blocks, then what is missing, each once', () => {
    expect(REASON_ORDER.slice(0, BLOCKING.length)).toEqual(BLOCKING);
    expect(REASON_ORDER).toHaveLength(24);
    expect(new Set(REASON_ORDER).size).toBe(REASON_ORDER.length);
    expect(REASON_ORDER.map(isBlockingCode)).toEqual(REASON_ORDER.map((code) => BLOCKING.includes(code)));
  });

  it('does not take a code that it does not know for one that blocks', () => {
    expect(isBlockingCode('of-a-newer-server')).toBe(false);
    expect(isBlockingCode('')).toBe(false);
  });
});
