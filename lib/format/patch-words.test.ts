import { execFileSync } from 'node:child_process';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alarmWords, checkCommand, patchOpening, stageWords, stepsWords } from '#lib/format/patch-words.ts';

const seen = { kind: 'core', isSeen: true, stage: 'deprecating' } as const;
const verdict = { question: 'remove', min: null, isStoppedAtBlocker: false } as const;
const blocked = { ...verdict, answer: 'blocked', reasons: [{ code: 'marker-live', count: 1 }] } as const;

describe('patchOpening', () => {
  it('tells why the next step has the answer that it has', () => {
    expect(patchOpening(seen, blocked)).toEqual({ meaning: 'blocked', words: '1 open run still needs the call.' });
  });

  it('never reads a patch that nobody saw as anything but unknown', () => {
    const never = { ...verdict, answer: 'unknown', reasons: [{ code: 'never-seen', count: null }] } as const;
    for (const answer of [null, never]) {
      expect(patchOpening({ ...seen, isSeen: false, stage: 'not-carried' }, answer)).toMatchObject({
        meaning: 'unknown',
        words: expect.stringContaining('spelling'),
      });
    }
  });

  it('says gone, and blocked all the same where something blocks', () => {
    const gone = { ...seen, stage: 'gone' } as const;
    expect(patchOpening(gone, null)).toMatchObject({ meaning: null, words: expect.stringMatching(/^Gone/) });
    expect(patchOpening(gone, blocked).meaning).toBe('blocked');
  });

  it('without a version there is nothing to ask', () => {
    expect(patchOpening({ ...seen, kind: 'version' }, null).meaning).toBe('unknown');
  });
});

describe('stepsWords', () => {
  it('names each kind of answer once', () => {
    const patch = (answer: 'safe' | 'blocked') =>
      ({ kind: 'core', stage: 'introduced', answers: [{ question: 'deprecate', answer }] }) as const;
    expect(stepsWords([patch('safe'), patch('safe')])).toEqual({
      meaning: 'safe',
      words: 'the next step is safe for 2 patches',
    });
    const none = { kind: 'version', stage: 'unknown', answers: [] } as const;
    expect(stepsWords([patch('blocked'), none]).words).toBe('the next step is blocked for 1 patch, unknown for 1');
  });
});

it('a GetVersion patch is never called deprecated', () => {
  const stages = ['introduced', 'ready-to-deprecate', 'deprecating', 'ready-to-remove', 'gone'] as const;
  for (const stage of stages) expect(stageWords('version', stage)).not.toMatch(/deprecat/);
});

it('an alarm that a newer server knows is shown as it came', () => {
  expect(alarmWords({ code: 'nondeterminism', count: 1 })).toMatch(/^1 open run does not go on/);
  expect(alarmWords({ code: 'of-the-future', count: null })).toBe('of-the-future');
});

describe('checkCommand', () => {
  it('quotes any id for a shell', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, unit: 'grapheme' }).filter((id) => !id.includes('\0')),
        (id) => {
          const line = checkCommand('default', { kind: 'core', id }, 'remove', null).replace(
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
