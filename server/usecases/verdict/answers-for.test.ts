import { describe, expect, it } from 'vitest';
import { answerSchema } from '#lib/api/patches/schemas.ts';
import { type CensusSnapshot, emptySnapshot } from '#lib/domain/census/snapshot.ts';
import { coreMarker, run, versionMarker } from '#lib/domain/verdict/testing/runs.ts';
import { answersFor } from '#server/usecases/verdict/answers-for.ts';

const undeclared = { buildIdsIdentifyCode: [] };

function pictureOf(...runs: CensusSnapshot['runs']): CensusSnapshot {
  return { ...emptySnapshot('default'), fromMs: 1_000, toMs: 2_000, runs, isListComplete: true };
}

describe('answersFor', () => {
  it('answers both questions of a core patch in the wire’s shape, never safe', () => {
    const picture = pictureOf(run('a', { markers: [coreMarker('p', false)] }), run('b'));
    const answers = answersFor(picture, { kind: 'core', id: 'p' }, undeclared);
    expect(answers.map((answer) => [answer.question, answer.answer])).toEqual([
      ['deprecate', 'blocked'],
      ['remove', 'blocked'],
    ]);
    for (const answer of answers) expect(answerSchema.parse(answer)).toEqual(answer);
    expect(answers[0]?.evidence).toMatchObject({ from: '1970-01-01T00:00:01.000Z', to: '1970-01-01T00:00:02.000Z' });
  });

  it('asks GetVersion about the highest recorded version', () => {
    const picture = pictureOf(
      run('a', { markers: [versionMarker('c', 1)] }),
      run('b', { markers: [versionMarker('c', 3)] }),
    );
    const answers = answersFor(picture, { kind: 'version', id: 'c' }, undeclared);
    expect(answers.map(({ question, min, answer }) => [question, min, answer])).toEqual([
      ['raise-min', 3, 'blocked'],
      ['drop-call', 3, 'blocked'],
    ]);
    expect(answersFor(picture, { kind: 'version', id: 'gone' }, undeclared)).toEqual([]);
  });

  it('uses what is remembered of the patch and what is declared of the namespace', () => {
    const picture = pictureOf(run('old'));
    const deprecate = (rememberedTypes: readonly string[], declared: readonly string[]) =>
      answersFor(picture, { kind: 'core', id: 'p', rememberedTypes }, { buildIdsIdentifyCode: declared })[0]?.answer;
    expect(deprecate(['T'], [])).toBe('blocked');
    expect(deprecate(['U'], [])).toBe('unknown');
    expect(deprecate(['T'], ['default'])).toBe('unknown');
    expect(deprecate(['T'], ['elsewhere'])).toBe('blocked');
  });

  it('does not take a labelled type for one that uses the patch', () => {
    const picture = pictureOf(run('labelled', { runLabels: ['p'], isUnread: true }), run('old'));
    const [deprecate] = answersFor(picture, { kind: 'core', id: 'p' }, undeclared);
    expect(deprecate).toMatchObject({ answer: 'unknown' });
  });

  it('says that histories are still to be read', () => {
    const [, remove] = answersFor(pictureOf(run('a', { isUnread: true })), { kind: 'core', id: 'p' }, undeclared);
    expect(remove?.reasons.find(({ code }) => code === 'not-read-yet')).toMatchObject({ count: 1 });
  });

  it('judges a picture once', () => {
    const picture = pictureOf(run('a', { markers: [coreMarker('p', false)] }));
    const ask = () => answersFor(picture, { kind: 'core', id: 'p' }, undeclared);
    expect(ask()).toBe(ask());
  });
});
