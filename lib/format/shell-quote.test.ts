import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INVISIBLE } from '#lib/format/escape-text.ts';
import { shellQuote } from '#lib/format/shell-quote.ts';

const HOSTILE = [
  "'; rm -rf ~; '",
  '$(id)',
  '`id`',
  '-n',
  'a\n',
  '\u001b[201~\nid\n',
  '\u202Etxt.exe',
  'a\u200bb',
  '\\',
  '!!',
  '*',
];

describe('shellQuote', () => {
  it.each(['plain', 'a/b', 'build:1.2', 'x@y'])('leaves %s alone', (text) => {
    expect(shellQuote(text)).toBe(text);
  });

  it('comes out of a shell as it was, and shows nothing hidden', () => {
    const word = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(
        fc.array(
          word.filter((text) => !text.includes('\0')),
          { minLength: 1, maxLength: 20 },
        ),
        (words) => {
          const line = words.map(shellQuote).join(' ');
          expect(line.replaceAll('\n', '').search(INVISIBLE)).toBe(-1);
          const printed = execFileSync('sh', ['-c', String.raw`printf '%s\0' ` + line], { encoding: 'utf8' });
          expect(printed.split('\0').slice(0, -1)).toEqual(words);
        },
      ),
      { numRuns: 60, examples: [[HOSTILE]] },
    );
  });
});
