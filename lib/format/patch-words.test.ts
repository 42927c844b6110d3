import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkCommand, patchOpening } from '#lib/format/patch-words.ts';

const totals = { live: 0, deprecated: 0, versions: [], notRead: 0 };
const answer = (question: 'deprecate' | 'remove', code: string, count: number) =>
  ({ question, min: null, answer: 'blocked', reasons: [{ code, count }] }) as const;

describe('patchOpening', () => {
  it('tells the blocking runs of the next step', () => {
    const introduced = { kind: 'core', isSeen: true, totals: { ...totals, live: 3 } } as const;
    const answers = [answer('deprecate', 'may-hold-old-branch', 14), answer('remove', 'marker-live', 1)];
    expect(patchOpening({ ...introduced, answers }).words).toBe('14 open runs may still be on the old branch.');
    const deprecating = { ...introduced, totals: { ...totals, live: 1, deprecated: 2 } };
    expect(patchOpening({ ...deprecating, answers })).toEqual({
      meaning: 'blocked',
      words: '1 open run still needs the call.',
    });
  });

  it('never reads a patch that nobody saw as anything but unknown', () => {
    expect(patchOpening({ kind: 'core', isSeen: false, totals, answers: [] }).meaning).toBe('unknown');
  });
});

describe('checkCommand', () => {
  it('quotes any id for a shell', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, unit: 'grapheme' }).filter((id) => !id.includes('\0')),
        (id) => {
          const line = checkCommand('default', id, 'remove', null).replace(
            /^patchboard check/,
            String.raw`printf '%s\n'`,
          );
          expect(execFileSync('sh', ['-c', line], { encoding: 'utf8' })).toBe(
            `--namespace\ndefault\n--patch\n${id}\n--question\nremove\n`,
          );
        },
      ),
      { numRuns: 30 },
    );
  });
});
