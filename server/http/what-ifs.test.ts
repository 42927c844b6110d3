import { describe, expect, it } from 'vitest';
import { whatIfSchema } from '#lib/api/changes/schemas.ts';
import { api } from '#lib/routes.ts';
import { codeOf, send } from '#server/http/testing/send.ts';
import { serveForTests } from '#server/http/testing/serve-for-tests.ts';
import { createFakeTemporal } from '#server/usecases/changes/testing/fake-temporal.ts';

const NAMESPACE = 'a/b';
const addA = { kind: 'add-new-default', buildId: 'a' } as const;

serveForTests({
  env: { TEMPORAL_ADDRESS: '127.0.0.1:1', PATCHBOARD_READ_ONLY: 'true' },
  prepare: ({ temporal }) => {
    Object.assign(temporal, createFakeTemporal().port);
  },
});

const ask = (body: unknown, headers?: object) => send('what-ifs', api.whatIfs(NAMESPACE), { body, headers });

describe('what if, over HTTP', () => {
  it('is answered where nothing may be changed, and a plan is not', async () => {
    const asked = await ask({ taskQueue: 'q', operations: [addA, { kind: 'promote-set', buildId: 'nobody' }] });
    expect(asked.status).toBe(200);
    expect(whatIfSchema.parse(asked.json)).toMatchObject({ taskQueue: 'q', steps: [{ operation: addA }] });
    const planned = await send('change-plans', api.changePlans(NAMESPACE), {
      body: { taskQueue: 'q', operation: addA },
    });
    expect(codeOf(planned)).toBe('read-only');
  });

  it.each([
    ['no operation', { taskQueue: 'q', operations: [] }],
    ['eleven operations', { taskQueue: 'q', operations: Array.from({ length: 11 }, () => addA) }],
    ['the taking back of a change', { taskQueue: 'q', operations: [{ undoOf: 'c1' }] }],
    ['a build ID of 256 bytes', { taskQueue: 'q', operations: [{ ...addA, buildId: 'x'.repeat(256) }] }],
    ['a surplus field', { taskQueue: 'q', operations: [addA], reason: '' }],
  ])('refuses %s', async (_what, body) => {
    expect(codeOf(await ask(body))).toBe('invalid-request');
  });

  it('refuses another site', async () => {
    expect(codeOf(await ask({ taskQueue: 'q', operations: [addA] }, { origin: 'https://evil.example' }))).toBe(
      'forbidden',
    );
  });
});
