import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { PatchQuestion } from '#lib/domain/verdict/question.ts';
import { answerQuestion } from '#server/usecases/verdict/answer-question.ts';
import { openRealStory, type RealStory } from '#server/usecases/verdict/testing/real-story.ts';

let story: RealStory;

beforeAll(async () => {
  story = await openRealStory(process.env.PATCHBOARD_TEST_ADDRESS);
});

afterAll(async () => {
  await story?.stop();
});

function ask(name: 'deprecate' | 'remove', patchId: string, workflowType: string | null = null) {
  const question: PatchQuestion = { name };
  return answerQuestion(story.ctx, { ...inFull(), question, patchId, workflowType });
}

function inFull() {
  const limits = { timeoutMs: 60_000, maxHistories: 1_000 };
  const namespaces = [story.namespace] as const;
  return { namespaces, limits, policy: 'open', mode: 'full', targetBuild: null } as const;
}

const codes = (answer: { reasons: readonly { code: string }[] }) => answer.reasons.map((reason) => reason.code);

describe('check on a real server with real workers', () => {
  it('blocks removal while a run holds a live marker, and not after it ends', async () => {
    const run = await story.start('Removal', { call: 'patched', patchId: 'removal' });
    await story.untilListed('Removal', 1);
    const blocked = await ask('remove', 'removal');
    expect(blocked.answer).toBe('blocked');
    expect(blocked.reasons[0]).toMatchObject({
      code: 'marker-live',
      count: 1,
      examples: [
        { workflowId: run.workflowId, workflowType: 'Removal', taskQueue: 'story', buildId: 'hand-made', endsBy: null },
      ],
    });
    await run.signal('finish');
    await run.result();
    await story.untilListed('Removal', 0);
    const after = await ask('remove', 'removal', 'Removal');
    expect(after.answer).toBe('unknown');
    // The worker that calls its build by hand is still there, and a closed run remembers the patch.
    expect(codes(after)).toEqual(['worker-not-known']);
  });

  it('does not call a deprecated marker safe while a worker is there that nothing is known of', async () => {
    await story.start('Deprecated', { call: 'deprecatePatch', patchId: 'deprecated' });
    await story.untilListed('Deprecated', 1);
    const answer = await ask('remove', 'deprecated', 'Deprecated');
    expect(answer).toMatchObject({ answer: 'unknown', classes: { 'marker-deprecated': 1 } });
    expect(codes(answer)).toEqual(['worker-not-known']);
    expect(answer.reasons[0]?.workers).toMatchObject([{ identity: { taskQueue: 'story', buildId: 'hand-made' } }]);
  });

  it('calls it safe once a floor says what that worker runs, and not when a marker contradicts the floor', async () => {
    await story.start('Floored', { call: 'deprecatePatch', patchId: 'floored' });
    await story.untilListed('Floored', 1);
    const { ctx, namespace } = story;
    const claim = {
      kind: 'floor',
      taskQueue: 'story',
      patch: { kind: 'core', id: 'floored' },
      workflowType: null,
      call: 'deprecate-patch',
      version: null,
      sinceMs: 0,
    } as const;
    const fact = { id: randomUUID(), declaredBy: 'test', declaredAtMs: Date.now(), note: '', claim };
    await ctx.store.declareFact(namespace, fact);
    const safe = await ask('remove', 'floored', 'Floored');
    expect(safe).toMatchObject({ answer: 'safe', reasons: [], classes: { survived: 1 } });
    expect(safe.byNamespace[0]?.assumptions.map(({ id }) => id)).toEqual([fact.id]);

    const live = await story.start('Floored', { call: 'patched', patchId: 'floored' });
    await story.untilListed('Floored', 2);
    const after = await ask('remove', 'floored', 'Floored');
    expect(after.answer).toBe('blocked');
    expect(after.byNamespace[0]?.contradictions).toMatchObject([{ why: 'floor-broken', seen: 'hand-made' }]);
    expect(after.reasons[0]).toMatchObject({ code: 'marker-live', examples: [{ workflowId: live.workflowId }] });
  });

  it('blocks deprecation by an unpatched run of a hand-made build until it ends', async () => {
    await story.start('Mixed', { call: 'patched', patchId: 'mixed' });
    const old = await story.start('Mixed', { call: 'none', patchId: 'mixed' });
    await story.untilListed('Mixed', 2);
    const blocked = await ask('deprecate', 'mixed');
    expect(blocked.answer).toBe('blocked');
    expect(blocked.reasons[0]).toMatchObject({
      code: 'may-hold-old-branch',
      count: 1,
      examples: [{ workflowId: old.workflowId, buildId: 'hand-made' }],
    });
    await old.signal('finish');
    await old.result();
    await story.untilListed('Mixed', 1);
    expect((await ask('deprecate', 'mixed')).answer).toBe('unknown');
  });

  it('does not believe that a build ID names one code when its markers say two', async () => {
    await story.start('Declared', { call: 'patched', patchId: 'declared' });
    await story.start('Declared', { call: 'none', patchId: 'declared' });
    await story.untilListed('Declared', 2);
    const { ctx, namespace } = story;
    const config = { ...ctx.config, buildIdsIdentifyCode: [namespace] };
    const believed = await answerQuestion(
      { ...ctx, config },
      { ...inFull(), question: { name: 'deprecate' }, patchId: 'declared', workflowType: 'Declared' },
    );
    // One code by all that these two runs show: only the callback is open.
    expect(codes(believed)).toEqual(['callback-not-declared']);
    await story.start('Declared', { call: 'deprecatePatch', patchId: 'declared' });
    await story.untilListed('Declared', 3);
    const doubted = await answerQuestion(
      { ...ctx, config },
      { ...inFull(), question: { name: 'deprecate' }, patchId: 'declared', workflowType: 'Declared' },
    );
    expect(doubted.answer).toBe('blocked');
    expect(codes(doubted)).toContain('may-hold-old-branch');
  });

  it('does not take a typing error for a patch that is gone', async () => {
    const id = await ask('remove', 'no-such-patch');
    expect(id.answer).toBe('unknown');
    expect(codes(id)).toContain('never-seen');
    const type = await ask('remove', 'deprecated', 'NoSuchType');
    expect(type.answer).toBe('unknown');
    expect(codes(type)).toContain('never-seen');
  });

  it.each([
    ['a double quote', 'say "quoted"'],
    ['a single quote and a backslash', "it's a \\ patch"],
    ['percent, newline and a right-to-left mark', 'a%b\n\u202Ec'],
  ])('finds an id with %s', async (_name, patchId) => {
    const run = await story.start('Quotes', { call: 'patched', patchId });
    await story.untilListed('Quotes', 1);
    const answer = await ask('remove', patchId);
    expect(answer.answer).toBe('blocked');
    expect(answer.reasons[0]).toMatchObject({ count: 1, examples: [{ workflowId: run.workflowId }] });
    await run.signal('finish');
    await run.result();
    await story.untilListed('Quotes', 0);
  });

  it('tells ids apart that differ only in case', async () => {
    await story.start('Upper', { call: 'patched', patchId: 'CASED' });
    await story.start('Lower', { call: 'deprecatePatch', patchId: 'cased' });
    await story.untilListed('Upper', 1);
    await story.untilListed('Lower', 1);
    const [upper, lower] = [await ask('remove', 'CASED'), await ask('remove', 'cased')];
    expect([upper.answer, lower.answer]).toEqual(['blocked', 'unknown']);
    expect(upper.evidence.runsConsidered).toBe(1);
    expect(lower.classes).toMatchObject({ 'marker-deprecated': 1, 'marker-live': 0 });
  });
});
