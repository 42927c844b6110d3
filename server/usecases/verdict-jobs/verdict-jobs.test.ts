import { setImmediate } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { askRequestSchema, verdictJobSchema } from '#lib/api/verdict/schemas.ts';
import type { z } from 'zod';
import { CodedError } from '#server/errors.ts';
import { createFakeTemporal } from '#server/usecases/changes/testing/fake-temporal.ts';
import { testCtx } from '#server/usecases/changes/testing/test-ctx.ts';
import { askedVerdict, playAsk } from '#server/usecases/verdict-jobs/testing/played-ask.ts';
import { createVerdictJobs } from '#server/usecases/verdict-jobs/verdict-jobs.ts';

const MINUTE_MS = 60_000;
type Wish = Partial<z.input<typeof askRequestSchema>>;

function setUp() {
  const { ask, calls } = playAsk();
  const time = { ms: 1_000 };
  const jobs = createVerdictJobs({ ask, now: () => time.ms });
  const ctx = testCtx(createFakeTemporal().port);
  const request = (wish: Wish = {}) =>
    askRequestSchema.parse({ patch: { kind: 'core', id: 'p' }, question: 'remove', ...wish });
  const about = (id: string, wish: Wish = {}) =>
    jobs.ask(ctx, 'shop', request({ patch: { kind: 'core', id }, ...wish }));
  const stateOf = (id: string) => jobs.get('shop', id)?.state;
  return { jobs, calls, time, ctx, request, about, stateOf };
}

describe('asking', () => {
  it('gathers for the request, whose own end stops nothing', () => {
    const { jobs, calls, ctx, request } = setUp();
    const gone = AbortSignal.abort();
    const job = jobs.ask({ ...ctx, signal: gone }, 'shop', request({ workflowType: 'Order', policy: 'retention' }));
    expect(verdictJobSchema.parse(job)).toEqual(job);
    expect(job).toMatchObject({ state: 'gathering', namespace: 'shop', mode: 'full', endedAt: null, verdict: null });
    expect(calls[0]?.input).toEqual({
      namespace: 'shop',
      question: { name: 'remove' },
      patchId: 'p',
      workflowType: 'Order',
      policy: 'retention',
      targetBuild: null,
      mode: 'full',
      limits: { timeoutMs: 10 * MINUTE_MS, maxHistories: 200_000 },
    });
    expect(calls[0]?.ctx.signal.aborted).toBe(false);
  });

  it('spends less on an answer that somebody waits for', () => {
    const { calls, about } = setUp();
    about('p', { mode: 'answer' });
    expect(calls[0]?.input.limits).toEqual({ timeoutMs: 120_000, maxHistories: 2_000 });
  });

  it('shows progress, then the verdict', async () => {
    const { calls, about, jobs } = setUp();
    const { id } = about('p');
    const progress = { phase: 'histories', historiesRead: 3, historiesWanted: 9, calls: 5 } as const;
    calls[0]?.tell(progress);
    expect(jobs.get('shop', id)).toMatchObject({ state: 'gathering', progress });
    const verdict = askedVerdict();
    calls[0]?.answer(verdict);
    await setImmediate();
    expect(jobs.get('shop', id)).toMatchObject({
      state: 'done',
      verdict,
      error: null,
      endedAt: '1970-01-01T00:00:01.000Z',
      progress: { phase: 'done', historiesRead: 3 },
    });
    expect(jobs.get('elsewhere', id)).toBeNull();
  });

  it('joins the job that gathers for an equal question, and no other', async () => {
    const { calls, about, jobs, ctx, request } = setUp();
    const first = about('p');
    expect(about('p').id).toBe(first.id);
    const others = [
      about('q'),
      about('p', { question: 'deprecate' }),
      about('p', { workflowType: 'Order' }),
      about('p', { policy: 'retention' }),
      about('p', { mode: 'answer' }),
      jobs.ask(ctx, 'elsewhere', request()),
    ];
    expect(new Set([first, ...others].map((job) => job.id)).size).toBe(7);
    calls[0]?.answer(askedVerdict());
    await setImmediate();
    expect(about('p').id).not.toBe(first.id);
  });

  it.each([
    ['raise-min of a core patch', { question: 'raise-min', min: 1 }],
    ['a core question with min', { min: 1 }],
    ['remove of a GetVersion', { patch: { kind: 'version', id: 'p' } }],
    ['raise-min without min', { patch: { kind: 'version', id: 'p' }, question: 'raise-min' }],
  ] as const)('refuses %s', (_what, wish) => {
    const { jobs, ctx, request } = setUp();
    expect(() => jobs.ask(ctx, 'shop', request(wish))).toThrow(expect.objectContaining({ code: 'invalid-request' }));
  });
});

describe('many questions', () => {
  it('gathers for two at a time, the others wait in order', async () => {
    const { calls, about } = setUp();
    for (const id of ['a', 'b', 'c', 'd']) about(id);
    const asked = () => calls.map((call) => call.input.patchId);
    expect(asked()).toEqual(['a', 'b']);
    calls[1]?.answer(askedVerdict());
    await setImmediate();
    expect(asked()).toEqual(['a', 'b', 'c']);
    calls[0]?.fail(new Error('broken'));
    await setImmediate();
    expect(asked()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('refuses more than a hundred', () => {
    const { about } = setUp();
    for (let index = 0; index < 100; index += 1) about(`p${index}`);
    expect(() => about('one more')).toThrow(expect.objectContaining({ code: 'rate-limited' }));
    expect(about('p50').state).toBe('gathering');
  });

  it('forgets what ended half an hour ago, and all but the newest two hundred', async () => {
    const { calls, about, stateOf, time } = setUp();
    const ended: string[] = [];
    for (let index = 0; index < 201; index += 1) {
      ended.push(about(`p${index}`).id);
      calls.at(-1)?.answer(askedVerdict());
      await setImmediate();
    }
    expect(ended.map(stateOf).filter((state) => state === undefined)).toHaveLength(1);
    expect(stateOf(ended[0] ?? '')).toBeUndefined();
    time.ms += 30 * MINUTE_MS;
    expect(stateOf(ended[200] ?? '')).toBe('done');
    time.ms += 1;
    expect(stateOf(ended[200] ?? '')).toBeUndefined();
  });
});

describe('failures', () => {
  it('tells a coded failure as it is', async () => {
    const { calls, about, jobs } = setUp();
    const { id } = about('p');
    calls[0]?.fail(new CodedError('temporal-unreachable', 'Temporal does not answer.', 'Start it.'));
    await setImmediate();
    const error = { code: 'temporal-unreachable', message: 'Temporal does not answer.', hint: 'Start it.' };
    expect(jobs.get('shop', id)).toMatchObject({ state: 'failed', error, verdict: null });
  });

  it('lets nothing internal out', async () => {
    const { calls, about, jobs } = setUp();
    const { id } = about('p');
    calls[0]?.fail(new Error('secret of the inside'));
    await setImmediate();
    const job = jobs.get('shop', id);
    expect(job).toMatchObject({ state: 'failed', error: { code: 'internal' } });
    expect(JSON.stringify(job)).not.toContain('secret');
  });
});

describe('stopping', () => {
  it('ends a job at once, whatever its calls still bring', async () => {
    const { calls, about, jobs } = setUp();
    const { id } = about('p');
    expect(jobs.stop('shop', id)).toMatchObject({ state: 'stopped', verdict: null, error: null });
    expect(calls[0]?.ctx.signal.aborted).toBe(true);
    calls[0]?.tell({ phase: 'closing', historiesRead: 1, historiesWanted: 1, calls: 1 });
    calls[0]?.answer(askedVerdict());
    await setImmediate();
    expect(jobs.get('shop', id)).toMatchObject({ state: 'stopped', verdict: null, progress: { phase: 'listing' } });
  });

  it('asks anew after a stop, and never for a job stopped while it waited', async () => {
    const { calls, about, jobs } = setUp();
    const stopped = about('a');
    about('b');
    const waiting = about('c');
    jobs.stop('shop', waiting.id);
    jobs.stop('shop', stopped.id);
    expect(about('a').id).not.toBe(stopped.id);
    calls[0]?.fail(new CodedError('aborted', 'stopped', ''));
    await setImmediate();
    expect(calls.map((call) => call.input.patchId)).toEqual(['a', 'b', 'a']);
  });

  it('leaves an ended job as it is, and knows none of another namespace', async () => {
    const { calls, about, jobs } = setUp();
    const { id } = about('p');
    expect(jobs.stop('elsewhere', id)).toBeNull();
    calls[0]?.answer(askedVerdict());
    await setImmediate();
    expect(jobs.stop('shop', id)?.state).toBe('done');
  });

  it('waits at the end of the process for every call to end, and takes no question then', async () => {
    const { calls, about, jobs, stateOf } = setUp();
    const ids = ['a', 'b', 'c'].map((id) => about(id).id);
    let hasEnded = false;
    const ending = jobs.stopAll().then(() => {
      hasEnded = true;
    });
    expect(ids.map(stateOf)).toEqual(['stopped', 'stopped', 'stopped']);
    calls[0]?.fail(new CodedError('aborted', 'stopped', ''));
    await setImmediate();
    expect(hasEnded).toBe(false);
    calls[1]?.answer(askedVerdict());
    await ending;
    expect(calls).toHaveLength(2);
    expect(() => about('d')).toThrow(expect.objectContaining({ code: 'aborted' }));
  });
});
