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
  const { ctx, namespace } = story;
  const limits = { timeoutMs: 60_000, maxHistories: 1_000 };
  return answerQuestion(ctx, { question, patchId, workflowType, namespaces: [namespace], limits });
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
    expect((await ask('remove', 'removal')).answer).toBe('unknown');
  });

  it('does not call a deprecated marker safe', async () => {
    await story.start('Deprecated', { call: 'deprecatePatch', patchId: 'deprecated' });
    await story.untilListed('Deprecated', 1);
    const answer = await ask('remove', 'deprecated', 'Deprecated');
    expect(answer).toMatchObject({ answer: 'unknown', classes: { 'marker-deprecated': 1 } });
    expect(codes(answer)).toEqual(['rule-not-built']);
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

  it('takes a declaration that build IDs name one code for what it is: unknown, not blocked', async () => {
    await story.start('Declared', { call: 'patched', patchId: 'declared' });
    await story.start('Declared', { call: 'none', patchId: 'declared' });
    await story.untilListed('Declared', 2);
    const { ctx, namespace } = story;
    const config = { ...ctx.config, buildIdsIdentifyCode: [namespace] };
    const answer = await answerQuestion(
      { ...ctx, config },
      {
        question: { name: 'deprecate' },
        patchId: 'declared',
        workflowType: null,
        namespaces: [namespace],
        limits: { timeoutMs: 60_000, maxHistories: 1_000 },
      },
    );
    expect(answer).toMatchObject({ answer: 'unknown', classes: { 'not-judged': 1 } });
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
