import { describe, expect, it } from 'vitest';
import { callbackOf } from '#lib/domain/verdict/callback.ts';
import type { DeclaredFact } from '#lib/domain/verdict/declared-facts.ts';
import { allOn, callbackInUse, fact, noCallback, oneCode } from '#lib/domain/verdict/testing/facts.ts';

function ask(facts: readonly DeclaredFact[], timeMs = 100) {
  const used: DeclaredFact[] = [];
  const { isDeclared, isOutOfUseSince } = callbackOf(facts, (one) => used.push(one));
  return { isDeclared, isOut: isOutOfUseSince(timeMs), used };
}

describe('callbackOf', () => {
  it('takes what nobody declared as in use', () => {
    expect(ask([oneCode()])).toEqual({ isDeclared: false, isOut: false, used: [] });
    expect(ask([callbackInUse])).toEqual({ isDeclared: true, isOut: false, used: [] });
  });

  it('is out of use where there is none, or since all were on', () => {
    expect(ask([noCallback])).toEqual({ isDeclared: true, isOut: true, used: [noCallback] });
    const all = allOn(100);
    expect(ask([all])).toEqual({ isDeclared: true, isOut: true, used: [all] });
    expect(ask([all], 99)).toEqual({ isDeclared: true, isOut: false, used: [] });
  });

  it('goes by the newest declaration, and by "in use" until that is withdrawn', () => {
    const none = (at: number) => fact({ kind: 'callback', use: 'none' }, at);
    const all = (at: number) => fact({ kind: 'callback', use: 'all-on', sinceMs: 1_000 }, at);
    const inUse = (at: number) => fact({ kind: 'callback', use: 'in-use' }, at);
    expect(ask([none(1), all(2)]).isOut).toBe(false);
    expect(ask([all(2), none(1)]).isOut).toBe(false);
    expect(ask([none(2), all(1)]).isOut).toBe(true);
    expect(ask([inUse(1), none(2)]).isOut).toBe(false);
    expect(ask([none(2), inUse(1)]).isOut).toBe(false);
  });
});
