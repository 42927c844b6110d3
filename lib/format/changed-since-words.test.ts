import { describe, expect, it } from 'vitest';
import { changedSinceWords } from '#lib/format/changed-since-words.ts';

const base = { kind: 'changed-since', was: 'b', became: 'a' } as const;

describe('changedSinceWords', () => {
  it.each([
    ['queue-default', 'c', /gave new runs to a instead of b, and by now they go to c\.$/],
    ['queue-default', null, /by now they go to no build\.$/],
    ['queue-default', 'a', /: b is in no set any more\.$/],
    ['set-default', 'c', /made a the set’s default instead of b, and by now it is c\.$/],
    ['set-default', null, /: b is in no set any more\.$/],
    ['sets-merged', 'a', /: the sets of b and a have been merged since\.$/],
  ] as const)('%s, now %s', (what, is, words) => {
    expect(changedSinceWords({ ...base, what, is })).toMatch(words);
  });

  it('shows build IDs that could hide text', () => {
    expect(changedSinceWords({ ...base, what: 'queue-default', is: '\u202e' })).toContain('\\u{202e}');
  });
});
