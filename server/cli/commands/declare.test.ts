import { mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { toFactClaim } from '#lib/api/declarations/claim.ts';
import { type Claim, declarationListSchema } from '#lib/api/declarations/schemas.ts';
import { EXIT } from '#server/cli/command.ts';
import { registerDeclare } from '#server/cli/commands/declare.ts';
import { runRegistered } from '#server/cli/testing/run-registered.ts';
import { createFakeTemporal } from '#server/usecases/changes/testing/fake-temporal.ts';
import { testCtx } from '#server/usecases/changes/testing/test-ctx.ts';
import type { Ctx } from '#server/usecases/context.ts';

const folder = mkdtempSync(join(tmpdir(), 'patchboard-declare-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const SINCE = '2026-11-20T08:00:00.000Z';
const core = { kind: 'core', id: 'my-patch' } as const;

let ctx: Ctx;
beforeEach(() => {
  ctx = testCtx(createFakeTemporal().port, { now: () => Date.UTC(2026, 10, 23, 20), actor: 'cli:alice' });
  ctx = { ...ctx, config: { ...ctx.config, isStoreExplicit: true, storePath: '/data/store.db' } };
});

const declare = (...args: readonly string[]) => runRegistered(registerDeclare, ['declare', ...args], () => ctx);
const kept = async (namespace = 'default') => (await ctx.store.listFacts(namespace)).map(({ claim }) => claim);

function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

describe('one claim a call', () => {
  it.each<[string, Claim]>([
    ['ids-name-one-code', { kind: 'ids-name-one-code', taskQueue: null }],
    ['ids-name-one-code --queue orders', { kind: 'ids-name-one-code', taskQueue: 'orders' }],
    [
      `floor --queue orders --patch my-patch --call deprecate-patch --since 2026-11-20T09:00+01:00 --workflow-type Order`,
      {
        kind: 'floor',
        taskQueue: 'orders',
        patch: core,
        workflowType: 'Order',
        call: 'deprecate-patch',
        version: null,
        since: SINCE,
      },
    ],
    [
      `floor --queue orders --patch my-patch --version -1 --since ${SINCE}`,
      {
        kind: 'floor',
        taskQueue: 'orders',
        patch: { kind: 'version', id: 'my-patch' },
        workflowType: null,
        call: null,
        version: -1,
        since: SINCE,
      },
    ],
    ['callback none', { kind: 'callback', use: 'none', since: null }],
    ['callback in-use', { kind: 'callback', use: 'in-use', since: null }],
    [`callback all-on --since ${SINCE}`, { kind: 'callback', use: 'all-on', since: SINCE }],
    [
      'types --patch my-patch --kind core --workflow-type A B',
      { kind: 'types', patch: core, workflowTypes: ['A', 'B'] },
    ],
    ['queues --workflow-type A --queue q r', { kind: 'queues', workflowType: 'A', taskQueues: ['q', 'r'] }],
    ['calls-together', { kind: 'calls-together', patch: null }],
    ['calls-together --patch my-patch --kind core', { kind: 'calls-together', patch: core }],
    [
      'confirm --queue q --build b',
      { kind: 'identity-confirmed', identity: { deploymentVersion: null, taskQueue: 'q', buildId: 'b' } },
    ],
    [
      'confirm --deployment-version shop:7',
      { kind: 'identity-confirmed', identity: { deploymentVersion: 'shop:7', taskQueue: null, buildId: null } },
    ],
  ])('declare %s', async (line, claim) => {
    const { code, err, out } = await declare(...line.split(' '), '--namespace', 'shop', '--json', '--note', 'why');
    expect({ code, err }).toEqual({ code: EXIT.ok, err: '' });
    const { items } = declarationListSchema.parse(JSON.parse(out));
    expect(items).toMatchObject([{ claim, note: 'why', declaredBy: 'cli:alice', withdrawn: null }]);
    expect(await kept('shop')).toEqual([toFactClaim(claim)]);
    expect(await kept()).toEqual([]);
  });

  it.each([
    ['', 'give one of a claim, --list and --withdraw'],
    ['calls-together --list', 'give one of'],
    ['--list --withdraw x', 'give one of'],
    ['--list --queue q', '--queue does not belong here'],
    ['nonsense', 'Allowed choices are'],
    ['ids-name-one-code orders', 'takes nothing more than options'],
    ['ids-name-one-code --queue a b', 'takes --queue once'],
    ['ids-name-one-code --patch p', '--patch does not belong to ids-name-one-code'],
    ['floor --queue q', 'floor needs --patch and --since'],
    [`floor --queue q --patch p --since ${SINCE}`, 'one of --call'],
    [`floor --queue q --patch p --since ${SINCE} --call patched --version 1`, 'one of --call'],
    ['floor --queue q --patch p --since 2026-11-20 --call patched', 'with its zone'],
    ['floor --queue q --patch p --since 2026-11-20T08:00:00 --call patched', 'with its zone'],
    ['floor --queue q --patch p --since 2026-13-20T08:00:00Z --call patched', 'with its zone'],
    [`floor --queue q --patch p --since ${SINCE} --version two`, 'whole number'],
    [`floor --queue q --patch p --since ${SINCE} --version -2`, '>=-1'],
    ['callback', 'Invalid option'],
    ['callback sometimes', 'Invalid option'],
    ['types --patch p --workflow-type A', 'types needs --kind'],
    ['queues --workflow-type A B --queue q', 'takes --workflow-type once'],
    ['calls-together --patch p', '--patch and --kind stand together'],
    ['confirm', 'confirm needs'],
    ['confirm --queue q', 'confirm needs'],
    ['confirm --queue q --build b --deployment-version d', 'confirm needs'],
    ['manifest', 'needs a file'],
    ['manifest file.json --queue q', '--queue does not belong here'],
  ])('refuses: declare %s', async (line, problem) => {
    const { code, err, out, isOpened } = await declare(...line.split(' ').filter(Boolean));
    expect({ code, out, isOpened }).toEqual({ code: EXIT.usage, out: '', isOpened: false });
    expect(err).toContain(problem);
  });

  it('leaves what a use case refuses to the frame, which exits 3', async () => {
    await expect(declare('callback', 'all-on')).rejects.toMatchObject({ code: 'invalid-request' });
    await declare('callback', 'in-use');
    await expect(declare('callback', 'none')).rejects.toMatchObject({ code: 'refused' });
    await expect(declare('calls-together', '--namespace', 'n', '--withdraw')).resolves.toMatchObject({ code: 3 });
    expect(await kept()).toHaveLength(1);
  });
});

describe('files', () => {
  const patches = [
    { kind: 'core', id: 'my-patch', call: 'patched' },
    { kind: 'version', id: 'v', workflowType: 'Order', version: null },
  ];
  const full = [
    { kind: 'core', id: 'my-patch', workflowType: null, call: 'patched' },
    { kind: 'version', id: 'v', workflowType: 'Order', version: null },
  ];
  const proof = {
    patch: core,
    question: { name: 'remove' },
    workflowId: 'order-1',
    runId: 'run-1',
    eventId: 12,
  };

  it('takes a manifest, or several', async () => {
    const one = { identity: { deploymentVersion: 'shop:7' }, patches };
    const other = { identity: { taskQueue: 'orders', buildId: '7' }, patches };
    expect((await declare('manifest', file('one.json', one))).code).toBe(EXIT.ok);
    expect((await declare('manifest', file('two.json', [one, other]))).code).toBe(EXIT.ok);
    const identity = { deploymentVersion: 'shop:7', taskQueue: null, buildId: null };
    expect(await kept()).toEqual([
      { kind: 'manifest', identity, patches: full },
      { kind: 'manifest', identity: { deploymentVersion: null, taskQueue: 'orders', buildId: '7' }, patches: full },
    ]);
  });

  it('takes replay proofs', async () => {
    const proofs = [proof, { ...proof, runId: 'run-2', question: { name: 'deprecate' } }];
    expect((await declare('replay-proof', file('proofs.json', proofs))).code).toBe(EXIT.ok);
    expect(await kept()).toEqual(proofs.map((one) => ({ kind: 'replay-proof', ...one })));
  });

  it.each([
    ['not JSON', 'manifest', '{'],
    ['an empty list', 'manifest', []],
    ['a list of lists', 'manifest', [[]]],
    ['no identity', 'manifest', { patches }],
    ['two identities', 'manifest', { identity: { deploymentVersion: 'd:1', taskQueue: 'q', buildId: 'b' }, patches }],
    ['a surplus field', 'manifest', { identity: { deploymentVersion: 'd:1' }, patches, more: 1 }],
    [
      'an unknown call',
      'manifest',
      { identity: { deploymentVersion: 'd:1' }, patches: [{ ...patches[0], call: 'x' }] },
    ],
    ['no patches', 'manifest', { identity: { deploymentVersion: 'd:1' }, patches: [] }],
    ['text', 'replay-proof', '"x"'],
    ['a proof without run', 'replay-proof', [{ ...proof, runId: '' }]],
    ['one good proof and a bad one', 'replay-proof', [proof, {}]],
  ])('refuses %s', async (name, what, content) => {
    await expect(declare(what, file(`${name}.json`, content))).rejects.toMatchObject({ code: 'invalid-request' });
    expect(await kept()).toEqual([]);
  });

  it('says which file cannot be read, with nothing hidden in its name', async () => {
    await expect(declare('manifest', join(folder, 'no\u202Esuch'))).rejects.toMatchObject({
      message: expect.stringMatching(/no\\u\{202e\}such cannot be read: there is no such file/) as string,
    });
    const huge = file('huge.json', 'x'.repeat(17 * 1024 * 1024));
    await expect(declare('manifest', huge)).rejects.toMatchObject({
      message: expect.stringContaining('16 MiB') as string,
    });
  });
});

describe('the list and withdrawals', () => {
  it('prints who declared what, and what was taken back', async () => {
    await declare('ids-name-one-code', '--note', 'build = git\u202Ecommit');
    const [fact] = await ctx.store.listFacts('default');
    const { out, code } = await declare('--withdraw', fact?.id ?? '');
    expect(code).toBe(EXIT.ok);
    ctx = { ...ctx, config: { ...ctx.config, patchCallbacks: ['default'] } };
    const listed = await declare('--list');
    expect(listed.out).toBe(
      [
        'build IDs of the namespace name one code',
        `  ${fact?.id}, declared by cli:alice at 2026-11-23T20:00:00.000Z`,
        String.raw`  note: build = git\u{202e}commit`,
        '  withdrawn by cli:alice at 2026-11-23T20:00:00.000Z',
        '',
        'a patch activation callback is in use',
        '  set in PATCHBOARD_PATCH_CALLBACKS',
        '',
      ].join('\n'),
    );
    expect(listed.out).toContain(out);
    const json = declarationListSchema.parse(JSON.parse((await declare('--list', '--json')).out));
    expect(json.items).toMatchObject([{ id: fact?.id }, { isConfigured: true }]);
    await expect(declare('--withdraw', 'absent')).rejects.toMatchObject({ code: 'not-found' });
  });

  it('says that there is nothing', async () => {
    expect((await declare('--list')).out).toBe('Nothing is declared.\n');
  });
});

describe('a store that the server may not share', () => {
  it.each([
    ['not named', { isStoreExplicit: false }],
    ['only in memory', { storePath: ':memory:' }],
  ])('%s: nothing is written, the list is printed', async (_what, config) => {
    ctx = { ...ctx, config: { ...ctx.config, ...config } };
    for (const args of [['calls-together'], ['--withdraw', 'x']]) {
      await expect(declare(...args)).rejects.toMatchObject({
        code: 'invalid-request',
        message: expect.stringContaining('PATCHBOARD_DATABASE_URL') as string,
      });
    }
    expect(await kept()).toEqual([]);
    expect((await declare('--list')).code).toBe(EXIT.ok);
  });
});
