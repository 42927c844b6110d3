import { describe, expect, it } from 'vitest';
import { returnsIn } from '#lib/domain/verdict/came-back.ts';

const HOUR_MS = 3_600_000;

/** One character an hour: `x` carried, `.` not, a space nobody looked. */
function hours(text: string) {
  return text
    .split('')
    .flatMap((mark, index) => (mark === ' ' ? [] : [{ hourMs: index * HOUR_MS, isCarried: mark === 'x' }]));
}

const day = '.'.repeat(24);
const unseen = ' '.repeat(22);

describe('returnsIn', () => {
  it.each([
    ['xx', false, false],
    [`xx${day}`, false, true],
    [`xx${day}x`, true, false],
    [`${day}x`, true, false],
    [`xx${day}xx${day}`, true, true],
    ['xx.......x', false, false],
    [`xx${'.'.repeat(23)}x`, false, false],
    [`x.${unseen}.x`, true, false],
    [`x.${unseen}${unseen}x`, false, false],
    [`x${unseen}${unseen}x`, false, false],
    ['', false, false],
  ])('%j', (text, hasReturned, isGone) => {
    expect(returnsIn(hours(text))).toEqual({ hasReturned, isGone });
  });
});
