import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { isApiError } from '#lib/api/shared/api-error.ts';
import { fetchJson } from '#lib/api/shared/fetch-json.ts';
import { fetchAllPages } from '#lib/api/shared/fetch-list.ts';
import { namedPageSearch } from '#lib/api/shared/page-search.ts';

const schema = z.object({ name: z.string() });
const answerWith = (respond: (init: RequestInit | undefined) => Response | Promise<Response>) =>
  vi.stubGlobal('fetch', async (_path: string, init?: RequestInit) => respond(init));
const failure = async (promise: Promise<unknown>) =>
  promise.then(
    () => expect.unreachable('it should fail'),
    (error: unknown) => error,
  );

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('fetchJson', () => {
  it('checks the answer and gives it typed', async () => {
    answerWith(() => Response.json({ name: 'orders' }));
    expect(await fetchJson('/x', schema)).toEqual({ name: 'orders' });
  });

  it('posts JSON with its headers', async () => {
    let seen: RequestInit | undefined;
    answerWith((init) => {
      seen = init;
      return Response.json({ name: 'x' });
    });
    await fetchJson('/x', schema, { body: { a: 1 }, headers: { 'idempotency-key': 'k' } });
    expect(seen).toMatchObject({
      method: 'POST',
      body: '{"a":1}',
      headers: { 'content-type': 'application/json', 'idempotency-key': 'k' },
    });
  });

  it('passes an error of the API on with its status', async () => {
    const error = { code: 'plan-expired', message: 'Too old.', hint: 'Plan again.' };
    answerWith(() => Response.json({ error }, { status: 410 }));
    expect(await failure(fetchJson('/x', schema))).toMatchObject({ ...error, status: 410 });
  });

  it.each([
    ['an answer of another shape', () => Response.json({ nome: 'x' }), 'unreadable'],
    ['a page of a proxy', () => new Response('<html>', { status: 502 }), 'unreadable'],
    ['no answer', () => Promise.reject(new TypeError('fetch failed')), 'unreachable'],
  ])('says what is wrong with %s', async (_name, respond, code) => {
    answerWith(respond);
    const error = await failure(fetchJson('/x', schema));
    expect(isApiError(error)).toBe(true);
    expect(error).toMatchObject({ code });
  });

  it('lets an abort through as it is', async () => {
    const reason = new Error('left the page');
    answerWith((init) => Promise.reject(init?.signal?.reason));
    const error = await failure(fetchJson('/x', schema, { signal: AbortSignal.abort(reason) }));
    expect(error).toBe(reason);
  });
});

describe('fetchAllPages', () => {
  const pages = (count: number) => async (cursor: string | undefined) => {
    const at = Number(cursor ?? 0);
    return { items: [at], nextCursor: at + 1 < count ? String(at + 1) : null };
  };

  it('joins all pages in order', async () => {
    expect(await fetchAllPages(pages(3))).toEqual({ items: [0, 1, 2], nextCursor: null });
  });

  it('stops at its bound and says that more is left', async () => {
    const list = await fetchAllPages(pages(1000));
    expect(list.items).toHaveLength(10);
    expect(list.nextCursor).toBe('10');
  });
});

describe('a page’s address', () => {
  it.each([
    [
      { namespace: 'a/b', name: '..' },
      { namespace: 'a/b', name: '..' },
    ],
    [
      { namespace: ['x', 'y'], name: 'q\n\u202e"' },
      { namespace: 'x', name: 'q\n\u202e"' },
    ],
    [{}, { namespace: null, name: null }],
    [
      { namespace: '', name: 'x'.repeat(1001) },
      { namespace: null, name: null },
    ],
  ])('%j', (search, parsed) => {
    expect(namedPageSearch.parse(search)).toEqual(parsed);
  });
});
