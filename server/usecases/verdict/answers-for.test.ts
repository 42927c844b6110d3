import { describe, expect, it } from 'vitest';
import { verdictSchema } from '#lib/api/verdict/schemas.ts';
import { type CensusSnapshot, emptySnapshot } from '#lib/domain/census/snapshot.ts';
import type { PatchRef } from '#lib/domain/patches/types.ts';
import type { DeclaredFact, FactClaim } from '#lib/domain/verdict/declared-facts.ts';
import { coreMarker, run, task, versionMarker } from '#lib/domain/verdict/testing/runs.ts';
import { type KnownPatch, pictureAnswers } from '#server/usecases/verdict/answers-for.ts';

const core: PatchRef = { kind: 'core', id: 'p' };

function pictureOf(...runs: CensusSnapshot['runs']): CensusSnapshot {
  return { ...emptySnapshot('default'), fromMs: 1_000, toMs: 2_000, runs, isListComplete: true };
}

const known = (types: readonly string[], over: Partial<KnownPatch> = {}): KnownPatch => ({
  ...core,
  workflowTypes: types,
  rememberedTypes: [],
  ...over,
});

const fact = (claim: FactClaim): DeclaredFact => ({
  id: JSON.stringify(claim),
  declaredBy: 'ana',
  declaredAtMs: 5,
  claim,
});

interface Asked {
  readonly patches?: readonly KnownPatch[];
  readonly facts?: readonly DeclaredFact[];
}

const ask = (snapshot: CensusSnapshot, { patches = [known(['T'])], facts = [] }: Asked = {}, patch: PatchRef = core) =>
  pictureAnswers({ snapshot, patches, facts })(patch);
const codesOf = (answer: { reasons: readonly { code: string }[] } | undefined) =>
  answer?.reasons.map(({ code }) => code) ?? [];

describe('pictureAnswers', () => {
  it('answers both questions of a core patch in the wire’s shape', () => {
    const answers = ask(pictureOf(run('a', { markers: [coreMarker('p', false)] }), run('b')));
    expect(answers.map((answer) => [answer.question, answer.answer])).toEqual([
      ['deprecate', 'blocked'],
      ['remove', 'blocked'],
    ]);
    for (const answer of answers) expect(verdictSchema.parse(answer)).toEqual(answer);
    expect(answers[0]).toMatchObject({
      source: 'picture',
      validUntil: null,
      isStoppedAtBlocker: false,
      evidence: { from: '1970-01-01T00:00:01.000Z', to: '1970-01-01T00:00:02.000Z', policy: 'open', calls: 0 },
    });
  });

  it('is never safe: it watches no workers', () => {
    const holder = task({ buildId: 'v2' });
    const picture = pictureOf(run('a', { markers: [coreMarker('p', true)], tasks: [holder] }));
    const facts = [
      fact({ kind: 'ids-name-one-code', taskQueue: null }),
      fact({ kind: 'callback', use: 'none' }),
      fact({ kind: 'types', patch: core, workflowTypes: ['T'] }),
    ];
    for (const answer of ask(picture, { facts })) {
      expect(answer.answer).toBe('unknown');
      expect(codesOf(answer)).toEqual(['no-poller', 'workers-not-watched', 'queues-not-known']);
    }
  });

  it('asks GetVersion about the highest recorded version', () => {
    const picture = pictureOf(
      run('a', { markers: [versionMarker('c', 1)] }),
      run('b', { type: 'U', markers: [versionMarker('c', 3)] }),
    );
    const patches = [known(['T', 'U'], { kind: 'version', id: 'c' })];
    const answers = ask(picture, { patches }, { kind: 'version', id: 'c' });
    expect(answers.map(({ question, min, answer }) => [question, min, answer])).toEqual([
      ['raise-min', 3, 'blocked'],
      ['drop-call', 3, 'blocked'],
    ]);
    expect(ask(picture, { patches }, { kind: 'version', id: 'gone' })).toEqual([]);
    expect(ask(picture, { patches }, { kind: 'core', id: 'c' })).toHaveLength(2);
  });

  it('judges the types that use the patch and names the others', () => {
    const picture = pictureOf(run('a', { markers: [coreMarker('p', true)] }), run('b', { type: 'U' }));
    const [, remove] = ask(picture);
    expect(remove?.byType.map(({ workflowType }) => workflowType)).toEqual(['T']);
    expect(remove?.reasons.find(({ code }) => code === 'types-not-declared')?.workflowTypes).toEqual(['U']);
    expect(remove?.answer).toBe('unknown');
  });

  it('judges the declared types instead, and one that speaks against the list', () => {
    const picture = pictureOf(run('a', { markers: [coreMarker('p', true)] }), run('b', { type: 'U' }));
    const listing = (workflowTypes: readonly string[]) =>
      ask(picture, { facts: [fact({ kind: 'types', patch: core, workflowTypes })] })[1];
    const whole = listing(['T', 'U', 'Idle']);
    expect(whole?.byType.map(({ workflowType }) => workflowType)).toEqual(['Idle', 'T', 'U']);
    expect(codesOf(whole)).not.toContain('types-not-declared');
    expect(whole?.assumptions).toHaveLength(1);
    expect(listing(['U'])?.contradictions).toMatchObject([{ why: 'type-outside-list', seen: 'T' }]);
  });

  it('uses what is remembered of the patch and what is declared of the namespace', () => {
    const [old, confirmed] = [run('old'), run('new', { markers: [coreMarker('p', false)] })];
    const deprecate = (types: readonly string[], facts: readonly DeclaredFact[] = []) =>
      ask(pictureOf(old, confirmed), { patches: [known(types, { rememberedTypes: types })], facts })[0];
    expect(deprecate(['T'])?.answer).toBe('blocked');
    expect(deprecate(['U'])?.answer).toBe('unknown');
    const facts = [fact({ kind: 'ids-name-one-code', taskQueue: null }), fact({ kind: 'callback', use: 'none' })];
    expect(deprecate(['T'], facts)?.answer).toBe('unknown');
    expect(codesOf(ask(pictureOf(), { patches: [known(['T'], { rememberedTypes: ['T'] })] })[1])).not.toContain(
      'never-seen',
    );
  });

  it('says that an id was never seen', () => {
    for (const answer of ask(pictureOf(run('a')), { patches: [] })) {
      expect(answer.answer).toBe('unknown');
      expect(codesOf(answer)).toContain('never-seen');
    }
  });

  it('says that histories are still to be read', () => {
    const [, remove] = ask(pictureOf(run('a', { isUnread: true })));
    expect(remove?.reasons.find(({ code }) => code === 'not-read-yet')).toMatchObject({ count: 1 });
  });

  it('knows every core id of the type, which fills the label', () => {
    const long = known(['T'], { id: 'x'.repeat(2_100) });
    const elsewhere = known(['U'], { id: 'y'.repeat(2_100) });
    const later = coreMarker('later', true, { eventId: 6 });
    const picture = pictureOf(run('a', { markers: [coreMarker('p', true), later] }));
    const classes = (...patches: readonly KnownPatch[]) =>
      ask(picture, { patches: [known(['T']), ...patches] })[1]?.classes['label-full'];
    expect(classes(elsewhere)).toBe(0);
    expect(classes(long)).toBe(1);
  });

  it('judges a picture once, and anew when facts or memory change', () => {
    const picture = pictureOf(run('a', { markers: [coreMarker('p', false)] }));
    const first = ask(picture);
    expect(ask(picture)).toBe(first);
    expect(ask(picture, { facts: [fact({ kind: 'callback', use: 'none' })] })).not.toBe(first);
    expect(ask(picture, { patches: [known(['T', 'U'])] })).not.toBe(first);
    expect(ask({ ...picture })).not.toBe(first);
  });
});
