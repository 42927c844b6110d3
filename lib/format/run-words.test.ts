import { describe, expect, it } from 'vitest';
import type { Author } from '#lib/domain/run-lens/types.ts';
import { phraseText } from '#lib/format/phrase.ts';
import { runOpening, type RunWordsFacts } from '#lib/format/run-words.ts';

const HOUR_MS = 3_600_000;
const NOW_MS = Date.parse('2026-03-10T12:00:00.000Z');
const before = (ms: number) => new Date(NOW_MS - ms).toISOString();

const author = (buildId: string | null, more: Partial<Author> = {}): Author => ({
  buildId,
  useVersioning: false,
  deploymentVersion: null,
  identities: ['w'],
  hasMoreIdentities: false,
  sdkName: null,
  sdkVersion: null,
  ...more,
});

const OPEN: RunWordsFacts = {
  status: 'open',
  startTime: before(72 * HOUR_MS),
  closeTime: null,
  endsBy: before(-48 * HOUR_MS),
  isByReset: false,
  lastWorker: author('one'),
  patchCount: 2,
  unreadableMarkers: 0,
  nondeterminism: null,
  eventsRead: 12,
  entries: [],
};

function say(over: Partial<RunWordsFacts>): [string | null, string] {
  const { meaning, phrase } = runOpening({ ...OPEN, ...over }, NOW_MS);
  return [meaning, phraseText(phrase)];
}

const failure = (hoursAgo: number, buildId: string | null) => ({
  time: before(hoursAgo * HOUR_MS),
  author: author(buildId),
  fact: { kind: 'task-failed' as const, cause: 'NON_DETERMINISTIC_ERROR', message: 'm', isNondeterminism: true },
});

describe('the opening sentence', () => {
  it.each<[string, Partial<RunWordsFacts>, string | null, string]>([
    ['an open run', {}, null, 'Open for 3 d on build one; recorded 2 patches; ends in 2 d at the latest.'],
    [
      'one without timeout, patch or task',
      { endsBy: null, patchCount: 0, lastWorker: null },
      null,
      'Open for 3 d, no workflow task completed yet; recorded no patch; no timeout ends it.',
    ],
    [
      'one whose worker sends no build ID, and whose time is up',
      { lastWorker: author(null), endsBy: before(1), patchCount: 1 },
      null,
      'Open for 3 d on a worker without build ID; recorded 1 patch; its timeout is due.',
    ],
    [
      'one of a deployment',
      { lastWorker: author('1', { deploymentVersion: 'shop:1' }), endsBy: null },
      null,
      'Open for 3 d on build shop:1; recorded 2 patches; no timeout ends it.',
    ],
    [
      'one with a marker that cannot be read',
      { unreadableMarkers: 1, endsBy: null },
      'unknown',
      'Open for 3 d on build one; recorded 2 patches, and 1 marker that cannot be read; no timeout ends it.',
    ],
    [
      'one that fails',
      {
        nondeterminism: {},
        endsBy: null,
        entries: [
          failure(70, 'old'),
          { time: before(60 * HOUR_MS), author: author('one'), fact: { kind: 'tasks-completed' } },
          failure(5, 'two'),
          failure(1, 'three'),
        ],
      },
      'blocked',
      'Failing for 5 h: the code of build three does not match the history; recorded 2 patches; no timeout ends it.',
    ],
    [
      'one that fails with a build that the history does not name',
      { nondeterminism: {}, endsBy: null, patchCount: 1, entries: [failure(5, null)] },
      'blocked',
      'Failing for 5 h: the code of worker w does not match the history; recorded 1 patch; no timeout ends it.',
    ],
    [
      'a completed run',
      { status: 'completed', closeTime: before(24 * HOUR_MS) },
      null,
      'Completed 24 h ago after 2 d on build one; recorded 2 patches.',
    ],
    [
      'a run that was reset',
      { status: 'terminated', isByReset: true, closeTime: before(HOUR_MS), lastWorker: null },
      null,
      'Terminated by a reset 1 h ago after 2 d, no workflow task completed; recorded 2 patches.',
    ],
    [
      'a history that was not read whole',
      { status: null, eventsRead: 50_000 },
      'unknown',
      'Read in part: whether it is open is not known; in its first 50,000 events it recorded 2 patches.',
    ],
  ])('of %s', (_, over, meaning, words) => {
    expect(say(over)).toEqual([meaning, words]);
  });

  it('shows a hostile build ID as text', () => {
    expect(say({ lastWorker: author('a\u202eb') })[1]).toContain('a\\u{202e}b');
  });
});
