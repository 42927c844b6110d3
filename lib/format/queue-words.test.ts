import { describe, expect, it } from 'vitest';
import { phraseText } from '#lib/format/phrase.ts';
import {
  buildSentence,
  isUnheardOf,
  type QueueFacts,
  queueSentence,
  type SetSurroundings,
  unversionedSentence,
} from '#lib/format/queue-words.ts';

const build = (buildId: string, isSetDefault: boolean) => ({ buildId, isSetDefault });
const poller = (buildId: string, over: Partial<QueueFacts['pollers'][number]> = {}) => ({
  taskKind: 'workflow' as const,
  buildId,
  useVersioning: true,
  deploymentVersion: null,
  ...over,
});
const nobody = { openRuns: 0, pollers: 0, unregistered: [] };
const cafe = { isQueueDefault: true, openRuns: 12, buildIds: [build('cafe0001', true)] };
const dead = {
  isQueueDefault: false,
  openRuns: 14,
  buildIds: [build('deadbeef', false), build('deadbeef2', true)],
};
const queue: QueueFacts = {
  versionSets: [cafe, dead],
  unversioned: nobody,
  pollers: [poller('cafe0001'), poller('deadbeef2')],
  family: 'on',
};
const say = (facts: QueueFacts) => {
  const { phrase, needsAttention } = queueSentence(facts);
  return { words: phraseText(phrase), needsAttention };
};

describe('queueSentence', () => {
  it('says where new runs start and what stays elsewhere', () => {
    expect(say(queue)).toEqual({
      words: 'New runs start on cafe0001. 14 open runs stay with older builds.',
      needsAttention: false,
    });
  });

  it('says that nothing stays', () => {
    expect(say({ ...queue, versionSets: [cafe] }).words).toBe(
      'New runs start on cafe0001. No open run is left on another set.',
    );
  });

  it('never turns a count that is not known into none', () => {
    const unread = { ...dead, openRuns: null };
    expect(say({ ...queue, versionSets: [cafe, unread] }).words).toContain('not known yet');
    expect(say({ ...queue, unversioned: { ...nobody, openRuns: null } }).words).toContain('not known yet');
  });

  it.each([
    ['nobody', [], 'no worker polls'],
    ['an activity worker', [poller('cafe0001', { taskKind: 'activity' })], 'no worker polls for workflow tasks'],
    ['an unversioned worker that only sends the ID', [poller('cafe0001', { useVersioning: false })], 'no worker polls'],
    ['a worker of a deployment', [poller('cafe0001', { deploymentVersion: 'd.cafe0001' })], 'no worker polls'],
  ])('warns when %s polls for new runs', (_who, pollers, nobody) => {
    expect(say({ ...queue, versionSets: [cafe], pollers })).toMatchObject({
      words: expect.stringContaining(`New runs start on cafe0001, but ${nobody} with it: they wait.`),
      needsAttention: true,
    });
  });

  it('warns when open runs of another set or of no version wait', () => {
    expect(say({ ...queue, pollers: [poller('cafe0001')] })).toEqual({
      words: 'New runs start on cafe0001. 14 open runs wait: no worker polls with deadbeef2.',
      needsAttention: true,
    });
    expect(say({ ...queue, unversioned: { ...nobody, openRuns: 3 } }).words).toContain(
      '3 open runs without version wait: no unversioned worker polls.',
    );
  });

  it('counts workers, not polls, that get nothing', () => {
    const unregistered = [{ identity: 'w1' }, { identity: 'w1' }];
    expect(say({ ...queue, unversioned: { ...nobody, unregistered } })).toEqual({
      words: 'New runs start on cafe0001. 1 worker polls with a build ID that is in no set and gets nothing.',
      needsAttention: true,
    });
  });

  it('claims nothing about routing while version sets cannot be read', () => {
    const off: QueueFacts = { ...queue, versionSets: [], family: 'off' };
    expect(say(off).words).toBe('Version sets are off in this namespace.');
    expect(phraseText(unversionedSentence(off).phrase)).toContain('not known');
    expect(unversionedSentence(off).needsAttention).toBe(false);
  });

  it('shows a name with hidden characters as escapes', () => {
    const hidden = { ...cafe, buildIds: [build('a\u202eb', true)] };
    expect(say({ ...queue, versionSets: [hidden], pollers: [poller('a\u202eb')] }).words).toContain('a\\u{202e}b');
  });
});

describe('buildSentence', () => {
  const settled: SetSurroundings = { queuesThatMaySend: 0, isLongSo: true };
  const speak = (
    set: QueueFacts['versionSets'][number],
    id: string,
    over: Partial<QueueFacts> = {},
    around = settled,
  ) => {
    const found = set.buildIds.find(({ buildId }) => buildId === id);
    if (found === undefined) throw new Error(`no ${id} in the set`);
    const { phrase, needsAttention } = buildSentence({ ...queue, ...over }, set, found, around);
    return { words: phraseText(phrase), needsAttention };
  };
  const empty = { ...dead, openRuns: 0 };
  const uncounted = { ...dead, openRuns: null };

  it('says what a default does', () => {
    expect(speak(cafe, 'cafe0001').words).toBe('Takes all new runs and finishes 12 open runs.');
    expect(speak({ ...cafe, openRuns: 0 }, 'cafe0001').words).toBe('Takes all new runs.');
    expect(speak({ ...cafe, openRuns: null }, 'cafe0001').words).toContain('not known yet');
    expect(speak(dead, 'deadbeef2').words).toBe('Finishes 14 open runs.');
    expect(speak(uncounted, 'deadbeef2').words).toContain('not known yet');
  });

  it('frees the workers of a superseded build, however many runs its set has', () => {
    for (const set of [dead, empty, uncounted]) {
      expect(speak(set, 'deadbeef', { pollers: [poller('deadbeef'), poller('deadbeef2')] })).toEqual({
        words: 'Gets nothing: its set’s default has taken over. Its workers can be stopped.',
        needsAttention: false,
      });
    }
  });

  it('keeps them while nobody polls with the default: they are what one would go back to', () => {
    const { words } = speak(dead, 'deadbeef', { pollers: [poller('deadbeef')] });
    expect(words).toBe('Gets nothing: its set’s default has taken over, though no worker polls with that one.');
  });

  it('frees the workers of a set only when nothing open can need it', () => {
    expect(speak(empty, 'deadbeef2').words).toBe(
      'Nothing open needs it: its workers can be stopped, unless closed runs are still queried.',
    );
    const doubts: [QueueFacts['versionSets'][number], SetSurroundings][] = [
      [dead, settled],
      [uncounted, settled],
      [{ ...empty, isQueueDefault: true }, settled],
      [empty, { ...settled, queuesThatMaySend: 1 }],
      [empty, { ...settled, queuesThatMaySend: null }],
      [empty, { ...settled, isLongSo: false }],
      [empty, { ...settled, isLongSo: null }],
    ];
    for (const [set, around] of doubts) expect(speak(set, 'deadbeef2', {}, around).words).not.toContain('stopped');
    expect(speak(empty, 'deadbeef2', {}, { ...settled, queuesThatMaySend: 2 }).words).toBe(
      'No open run here, but 2 other queues have open runs of its build IDs and may send it work.',
    );
  });

  it('needs attention only when something waits for a worker', () => {
    const nobodyPolls = { pollers: [] };
    expect(speak(cafe, 'cafe0001', nobodyPolls).needsAttention).toBe(true);
    expect(speak(dead, 'deadbeef2', nobodyPolls)).toEqual({
      words: 'Finishes 14 open runs, but no worker polls with it: they wait.',
      needsAttention: true,
    });
    expect(speak(uncounted, 'deadbeef2', nobodyPolls)).toEqual({
      words:
        'Finishes this set’s open runs; how many is not known yet. If any are left they wait: no worker polls with it.',
      needsAttention: false,
    });
    const activities = { pollers: [poller('deadbeef2', { taskKind: 'activity' })] };
    expect(speak({ ...dead, openRuns: 1 }, 'deadbeef2', activities).words).toBe(
      'Finishes 1 open run, but no worker polls for workflow tasks with it: it waits.',
    );
    expect(speak(empty, 'deadbeef2', nobodyPolls).needsAttention).toBe(false);
    expect(speak(dead, 'deadbeef', nobodyPolls).needsAttention).toBe(false);
  });
});

describe('isUnheardOf', () => {
  it('holds only when neither sets, workers nor runs are there', () => {
    const nothing: QueueFacts = { versionSets: [], unversioned: nobody, pollers: [], family: 'on' };
    expect(isUnheardOf(nothing)).toBe(true);
    expect(unversionedSentence(nothing).needsAttention).toBe(false);
    expect(isUnheardOf({ ...nothing, pollers: [poller('x')] })).toBe(false);
    expect(isUnheardOf({ ...nothing, unversioned: { ...nobody, openRuns: 1 } })).toBe(false);
    expect(isUnheardOf({ ...nothing, versionSets: [cafe] })).toBe(false);
  });
});
