import { describe, expect, it } from 'vitest';
import { declarationListSchema, declarationSchema } from '#lib/api/declarations/schemas.ts';
import { api } from '#lib/routes.ts';
import { codeOf, send } from '#server/http/testing/send.ts';
import { serveForTests } from '#server/http/testing/serve-for-tests.ts';

const claim = { kind: 'ids-name-one-code', taskQueue: "'; drop table fact; --\u202e" } as const;

serveForTests();

const list = async (namespace: string) =>
  declarationListSchema.parse((await send('declarations', api.declarations(namespace))).json).items;
const declare = (body: unknown, headers?: Record<string, string>) =>
  send('declarations', api.declarations('a/b'), { body, headers });

describe('declarations over HTTP', () => {
  it('are made, listed, and taken back', async () => {
    const made = await declare({ claim });
    expect(made.status).toBe(200);
    const declaration = declarationSchema.parse(made.json);
    expect(declaration).toMatchObject({ claim, note: '', declaredBy: 'api', withdrawn: null });
    expect(await list('a/b')).toEqual([declaration]);
    expect(await list('a')).toEqual([]);

    const withdrawn = await send('declarations/withdraw', api.withdrawDeclaration('a/b'), {
      body: { id: declaration.id },
    });
    expect(withdrawn).toMatchObject({ status: 200, json: { id: declaration.id, withdrawn: { by: 'api' } } });
    expect(await list('a/b')).toEqual([declarationSchema.parse(withdrawn.json)]);
    const absent = await send('declarations/withdraw', api.withdrawDeclaration('a/b'), { body: { id: 'absent' } });
    expect([absent.status, codeOf(absent)]).toEqual([404, 'not-found']);
  });

  it.each([
    ['no claim', {}],
    ['an unknown claim', { claim: { kind: 'trust-me' } }],
    ['a surplus field', { claim, declaredBy: 'somebody else' }],
    ['all-on without a time', { claim: { kind: 'callback', use: 'all-on' } }],
    ['a time without milliseconds', { claim: { kind: 'callback', use: 'all-on', since: '2026-11-20T08:00:00Z' } }],
    ['a note without end', { claim, note: 'x'.repeat(2_001) }],
  ])('refuses %s', async (_what, body) => {
    const before = await list('a/b');
    const refused = await declare(body);
    expect([refused.status, codeOf(refused)]).toEqual([400, 'invalid-request']);
    expect(await list('a/b')).toEqual(before);
  });

  it('takes none from a page of another site', async () => {
    expect(codeOf(await declare({ claim }, { origin: 'https://evil.example' }))).toBe('forbidden');
    expect(codeOf(await declare({ claim }, { 'content-type': 'text/plain' }))).toBe('unsupported-media-type');
  });
});
