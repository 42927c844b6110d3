import { describe, expect, it } from 'vitest';
import type { PlanNoteCode } from '#lib/domain/change-plan/types.ts';
import { NOTE_TONE, noteWords, operationWords, refusalWords } from '#lib/format/plan-words.ts';

const CODES = Object.keys(NOTE_TONE) as PlanNoteCode[];

describe('noteWords', () => {
  it.each([
    [{ code: 'open-runs-move', buildId: 'b', count: 1 }, '1 open run will be served by b.'],
    [{ code: 'open-runs-move', buildId: 'b', count: 1_400 }, '1,400 open runs will be served by b.'],
    [{ code: 'open-runs-stay', buildId: 'b', count: 1 }, '1 open run stays with b.'],
    [{ code: 'new-runs-stay', buildId: null, count: null }, 'New runs keep going to unversioned workers.'],
    [
      { code: 'started-work', buildId: 'b', count: null },
      'Activities, children and continue-as-new on this queue stay with the set of their run. Those that ask for the default build, and each next cron run, go to b.',
    ],
    [
      { code: 'unregistered-pollers', buildId: 'x', count: 2 },
      '2 workers that poll with x get nothing: it is in no set.',
    ],
    [
      { code: 'superseded-pollers', buildId: 'x', count: 1 },
      '1 worker that polls with x gets nothing: another build is the default of its set.',
    ],
    [
      { code: 'unversioned-runs-remain', buildId: 'b', count: 1 },
      '1 open run without version needs unversioned workers to the end. Their children and their continue-as-new begin on b.',
    ],
    [
      { code: 'unversioned-runs-wait', buildId: 'b', count: 5 },
      '5 open runs without version wait: no unversioned worker polls. Their children and their continue-as-new begin on b.',
    ],
    [
      { code: 'unversioned-runs-wait', buildId: 'b', count: null },
      'Open runs without version, if there are any, wait: no unversioned worker polls. Their children and their continue-as-new begin on b.',
    ],
    [
      { code: 'rules-lost', buildId: null, count: 3 },
      '3 versioning rules are lost: a merge wipes the assignment and redirect rules of the queue.',
    ],
  ] as const)('%j', (note, words) => {
    expect(noteWords(note)).toBe(words);
  });

  it.each(CODES)('words %s as sentences, with an unknown count as no number', (code) => {
    const words = noteWords({ code, buildId: 'b', count: null });
    expect(words).toMatch(/^[A-Zb].*\.$/);
    expect(words).not.toMatch(/null|undefined|\d/);
  });

  it('shows a build ID that could hide or reorder text', () => {
    for (const code of CODES) expect(noteWords({ code, buildId: 'a\u202eb\n', count: 1 })).not.toMatch(/\u202e|\n/);
    expect(noteWords({ code: 'new-runs-go-to', buildId: 'a\u202eb\n', count: null })).toContain('a\\u{202e}b\\n');
    expect(operationWords({ kind: 'promote-set', buildId: '\u200b' })).toContain('\\u{200b}');
    expect(refusalWords({ kind: 'refused', code: 'not-found', reason: 'version \u202e not found' })).toBe(
      'Temporal would refuse this: version \\u{202e} not found.',
    );
  });
});
