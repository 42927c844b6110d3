import { describe, expect, it } from 'vitest';
import { phraseText } from '#lib/format/phrase.ts';
import {
  buildSentence,
  isUnheardOf,
  type QueueFacts,
  queueSentence,
  unversionedSentence,
} from '#lib/format/queue-words.ts';

const build = (buildId: string, isSetDefault: boolean, pollers: number) => ({ buildId, isSetDefault, pollers });
const nobody = { openRuns: 0, pollers: 0, unregistered: [] };
const cafe = { isQueueDefault: true, openRuns: 12, buildIds: [build('cafe0001', true, 2)] };
const dead = {
  isQueueDefault: false,
  openRuns: 14,
  buildIds: [build('deadbeef', false, 0), build('deadbeef2', true, 1)],
};
const queue: QueueFacts = { versionSets: [cafe, dead], unversioned: nobody, pollers: [{}], family: 'on' };
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

  it('warns when nobody polls for new runs', () => {
    const alone = { ...cafe, buildIds: [build('cafe0001', true, 0)] };
    expect(say({ ...queue, versionSets: [alone] })).toMatchObject({
      words: expect.stringContaining('New runs start on cafe0001, but no worker polls with it: they wait.'),
      needsAttention: true,
    });
  });

  it('warns when open runs of another set or of no version wait', () => {
    const left = { ...dead, buildIds: [build('deadbeef2', true, 0)] };
    expect(say({ ...queue, versionSets: [cafe, left] })).toEqual({
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
    const hidden = { ...cafe, buildIds: [build('a\u202eb', true, 1)] };
    expect(say({ ...queue, versionSets: [hidden] }).words).toContain('a\\u{202e}b');
  });
});

describe('buildSentence', () => {
  const words = (...args: Parameters<typeof buildSentence>) => phraseText(buildSentence(...args).phrase);

  it('is plain about each place a build can have', () => {
    expect(words(cafe, build('cafe0001', true, 2))).toBe('Takes all new runs and this set’s 12 open runs.');
    expect(words({ ...cafe, openRuns: 0 }, build('cafe0001', true, 2))).toBe('Takes all new runs.');
    expect(words(dead, build('deadbeef2', true, 1))).toBe('Takes this set’s 14 open runs.');
    expect(words(dead, build('deadbeef', false, 0))).toBe('Gets nothing: this set’s default has taken over its runs.');
    expect(words({ ...dead, openRuns: 0 }, build('deadbeef2', true, 0))).toBe(
      'Gets nothing now: this set has no open run.',
    );
    expect(words({ ...dead, openRuns: null }, build('deadbeef2', true, 0))).toContain('not known yet');
  });

  it('needs attention only when something waits for a worker', () => {
    expect(buildSentence(cafe, build('cafe0001', true, 0)).needsAttention).toBe(true);
    expect(buildSentence(dead, build('deadbeef2', true, 0)).needsAttention).toBe(true);
    expect(buildSentence({ ...dead, openRuns: 0 }, build('deadbeef2', true, 0)).needsAttention).toBe(false);
    expect(buildSentence(dead, build('deadbeef', false, 0)).needsAttention).toBe(false);
  });
});

describe('isUnheardOf', () => {
  it('holds only when neither sets, workers nor runs are there', () => {
    const nothing: QueueFacts = { versionSets: [], unversioned: nobody, pollers: [], family: 'on' };
    expect(isUnheardOf(nothing)).toBe(true);
    expect(unversionedSentence(nothing).needsAttention).toBe(false);
    expect(isUnheardOf({ ...nothing, pollers: [{}] })).toBe(false);
    expect(isUnheardOf({ ...nothing, unversioned: { ...nobody, openRuns: 1 } })).toBe(false);
    expect(isUnheardOf({ ...nothing, versionSets: [cafe] })).toBe(false);
  });
});
