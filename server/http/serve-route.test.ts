import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CodedError } from '#server/errors.ts';
import type { ApiRoute } from '#server/http/api-route.ts';
import { Reply, serveRoute } from '#server/http/serve-route.ts';
import { serveForTests } from '#server/http/testing/serve-for-tests.ts';

const query = z.object({ namespace: z.string().min(1) });
const body = z.strictObject({ text: z.string() });
const result = z.object({ echo: z.string() });
const post: ApiRoute<typeof query, typeof body, typeof result> = {
  method: 'POST',
  path: '/api/v1/echo',
  access: 'mutate',
  summary: 'echo',
  query,
  body,
  result,
};
const noParams = { params: Promise.resolve({}) };

function request(init: { text?: string; headers?: Record<string, string>; search?: string } = {}): Request {
  return new Request(`http://localhost:3000/api/v1/echo${init.search ?? '?namespace=a%2Fb'}`, {
    method: 'POST',
    body: init.text ?? '{"text":"x"}',
    headers: { host: 'localhost:3000', 'content-type': 'application/json', ...init.headers },
  });
}

async function errorOf(response: Response): Promise<{ status: number; code: string; text: string }> {
  const text = await response.text();
  const { error } = JSON.parse(text) as { error: { code: string } };
  return { status: response.status, code: error.code, text };
}

const echo = serveRoute(
  post,
  async (_ctx, input) => new Reply({ echo: `${input.query.namespace} ${input.body.text}` }, 202),
);

serveForTests();

describe('serveRoute', () => {
  it('parses, calls and answers with a status of the use case', async () => {
    const response = await echo(request(), noParams);
    expect(response.status).toBe(202);
    expect(await response.json()).toEqual({ echo: 'a/b x' });
    expect(response.headers.get('cache-control')).toBe('private, no-store');
  });

  it.each([
    ['a missing parameter', { search: '' }, 400, 'invalid-request'],
    ['a body that is not JSON', { text: '{' }, 400, 'invalid-request'],
    ['a body with a surplus field', { text: '{"text":"x","more":1}' }, 400, 'invalid-request'],
    ['a body beyond the limit', { text: JSON.stringify({ text: 'x'.repeat(1_100_000) }) }, 400, 'invalid-request'],
    ['a form', { headers: { 'content-type': 'text/plain' } }, 415, 'unsupported-media-type'],
    ['another site', { headers: { origin: 'https://evil.example' } }, 403, 'forbidden'],
    ['a host name that is not ours', { headers: { host: 'evil.example' } }, 403, 'forbidden'],
  ])('refuses %s', async (_name, init, status, code) => {
    expect(await errorOf(await echo(request(init), noParams))).toMatchObject({ status, code });
  });

  it('passes coded errors on and asks to come back later when Temporal is away', async () => {
    const away = serveRoute(post, async () => {
      throw new CodedError('temporal-unreachable', 'Temporal does not answer.', 'Start it.');
    });
    const response = await away(request(), noParams);
    expect(response.headers.get('retry-after')).toBe('5');
    expect(await errorOf(response)).toMatchObject({ status: 503, code: 'temporal-unreachable' });
  });

  it('lets nothing internal out', async () => {
    const broken = serveRoute(post, async () => {
      throw new Error('secret of the inside');
    });
    const { status, code, text } = await errorOf(await broken(request(), noParams));
    expect({ status, code }).toEqual({ status: 500, code: 'internal' });
    expect(text).not.toContain('secret');
  });

  it('checks the answer against its own schema', async () => {
    const wrong = serveRoute(post, async () => JSON.parse('{"echo":1}') as { echo: string });
    expect(await errorOf(await wrong(request(), noParams))).toMatchObject({ status: 500, code: 'internal' });
  });
});
