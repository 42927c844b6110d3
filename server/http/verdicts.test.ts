import { describe, expect, it } from 'vitest';
import { storedVerdictSchema, verdictJobSchema } from '#lib/api/verdict/schemas.ts';
import { api } from '#lib/routes.ts';
import { processEnv } from '#server/config/process-env.ts';
import { openApiDocument } from '#server/http/openapi.ts';
import { codeOf, send } from '#server/http/testing/send.ts';
import { serveForTests } from '#server/http/testing/serve-for-tests.ts';
import { servedRuntime } from '#server/runtime.ts';
import { answerKey } from '#server/usecases/verdict/answer-key.ts';
import { askedVerdict } from '#server/usecases/verdict-jobs/testing/played-ask.ts';

const NAMESPACE = 'a/b';
const patch = { kind: 'core', id: '../p?&' } as const;

/** Nothing listens there: questions fail or wait, which is all that these tests need of Temporal. */
serveForTests({
  env: { TEMPORAL_ADDRESS: '127.0.0.1:1', PATCHBOARD_READ_ONLY: 'true' },
  prepare: ({ temporal }) => {
    Object.assign(temporal, { describeNamespace: async () => ({ name: NAMESPACE, retentionMs: null }) });
  },
});

const ask = (body: object, headers?: object) => send('verdicts', api.verdicts(NAMESPACE), { body, headers });
const readJob = (id: string) => send('verdicts/[id]', api.verdictJob(NAMESPACE, id), { id });

describe('a question over HTTP', () => {
  it('is accepted, also where nothing may be changed; its place is told', async () => {
    const asked = await ask({ patch, question: 'remove' });
    expect(asked.status).toBe(202);
    const job = verdictJobSchema.parse(asked.json);
    expect(job).toMatchObject({ namespace: NAMESPACE, patch, question: 'remove', policy: 'open', mode: 'full' });
    expect(asked.location).toBe(api.verdictJob(NAMESPACE, job.id));
    expect(verdictJobSchema.parse((await readJob(job.id)).json).id).toBe(job.id);
    expect(codeOf(await send('verdicts/[id]', api.verdictJob('a', job.id), { id: job.id }))).toBe('not-found');

    const stopped = await send('verdicts/[id]/stop', api.stopVerdict(NAMESPACE, job.id), { id: job.id, body: {} });
    expect(stopped.status).toBe(200);
    expect(verdictJobSchema.parse(stopped.json).state).not.toBe('gathering');
    expect(codeOf(await readJob('absent'))).toBe('not-found');
  });

  it.each([
    ['no patch', { question: 'remove' }],
    ['a question of the other kind', { patch, question: 'raise-min', min: 1 }],
    ['min where none belongs', { patch, question: 'remove', min: 1 }],
    ['a surplus field', { patch, question: 'remove', namespaces: ['a'] }],
  ])('is refused with %s', async (_what, body) => {
    const refused = await ask(body);
    expect([refused.status, codeOf(refused)]).toEqual([400, 'invalid-request']);
  });

  it('is taken from no page of another site', async () => {
    const body = { patch, question: 'remove' };
    expect(codeOf(await ask(body, { origin: 'https://evil.example' }))).toBe('forbidden');
    expect(codeOf(await ask(body, { 'content-type': 'text/plain' }))).toBe('unsupported-media-type');
    const address = api.verdict(NAMESPACE, { kind: 'core', id: 'elsewhere' }, 'remove', null);
    expect(codeOf(await send('verdict', address, { headers: { 'sec-fetch-site': 'cross-site' } }))).toBe('forbidden');
    const stop = { id: 'any', body: {}, headers: { origin: 'https://evil.example' } };
    expect(codeOf(await send('verdicts/[id]/stop', api.stopVerdict(NAMESPACE, 'any'), stop))).toBe('forbidden');
  });
});

describe('the newest answer over HTTP', () => {
  const address = (question = 'remove', min: number | null = null) => api.verdict(NAMESPACE, patch, question, min);

  it('is a job where nobody asked before', async () => {
    const started = await send('verdict', address('deprecate'));
    expect(started.status).toBe(202);
    const job = verdictJobSchema.parse(started.json);
    expect(started.location).toBe(api.verdictJob(NAMESPACE, job.id));
    expect(job).toMatchObject({ question: 'deprecate', patch });
  });

  it('is the stored one, however old', async () => {
    const { store } = await servedRuntime(processEnv);
    const subject = { patchId: patch.id, workflowType: null, policy: 'open', targetBuild: null } as const;
    const stored = askedVerdict({ atMs: 5_000 });
    const key = answerKey({ ...subject, question: { name: 'remove' } });
    await store.saveAnswer(NAMESPACE, { key, askedBy: 'ci', atMs: 5_000, body: JSON.stringify(stored) });
    const { status, location, json } = await send('verdict', address());
    expect({ status, location }).toEqual({ status: 200, location: null });
    expect(storedVerdictSchema.parse(json)).toEqual({
      verdict: stored,
      askedBy: 'ci',
      isExpired: true,
      withdrawn: null,
    });
    const foreign = await send('verdict', address(), { headers: { 'sec-fetch-site': 'cross-site' } });
    expect(foreign.status).toBe(200);
  });

  it.each([
    ['a core question with min', address('remove', 1)],
    ['a question of the other kind', address('drop-call', 1)],
    ['an unknown question', address('destroy')],
    ['a min that is no number', `${address('remove')}&min=one`],
  ])('is refused for %s', async (_what, wrong) => {
    expect(codeOf(await send('verdict', wrong))).toBe('invalid-request');
  });
});

it('the document says which answers come when', () => {
  const { paths = {} } = openApiDocument('0.0.0');
  expect(Object.keys(paths['/api/v1/verdict']?.get?.responses ?? {})).toEqual(['200', '202', 'default']);
  const accepted: unknown = paths['/api/v1/verdicts']?.post?.responses;
  expect(accepted).toHaveProperty(['202', 'headers', 'Location']);
  expect(accepted).not.toHaveProperty('200');
  expect(Object.keys(paths['/api/v1/patch']?.get?.responses ?? {})).toEqual(['200', 'default']);
});
