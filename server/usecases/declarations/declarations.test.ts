import { beforeEach, describe, expect, it } from 'vitest';
import { type Claim, declarationListSchema, declarationSchema } from '#lib/api/declarations/schemas.ts';
import { createFakeTemporal } from '#server/usecases/changes/testing/fake-temporal.ts';
import { readOnly, testCtx } from '#server/usecases/changes/testing/test-ctx.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { declareFact, declareFacts } from '#server/usecases/declarations/declare-fact.ts';
import { listDeclarations } from '#server/usecases/declarations/list-declarations.ts';
import { standingFacts } from '#server/usecases/declarations/standing-facts.ts';
import { withdrawFact } from '#server/usecases/declarations/withdraw-fact.ts';

const NOW = Date.UTC(2026, 10, 23, 20);
const namespace = 'shop';
const core = { kind: 'core', id: 'my-patch' } as const;
const version = { kind: 'version', id: 'my-patch' } as const;
const ids: Claim = { kind: 'ids-name-one-code', taskQueue: null };
const floor = {
  kind: 'floor',
  taskQueue: 'orders',
  patch: core,
  workflowType: null,
  call: 'patched',
  version: null,
  since: '2026-11-20T08:00:00.000Z',
} as const;
const manifest = {
  kind: 'manifest',
  identity: { deploymentVersion: 'shop:7', taskQueue: null, buildId: null },
  patches: [
    { kind: 'core', id: 'a', workflowType: null, call: 'patched' },
    { kind: 'core', id: 'b', workflowType: null, call: 'none' },
  ],
} as const satisfies Claim;
const callback = (use: 'none' | 'in-use' | 'all-on', since: string | null = null): Claim => ({
  kind: 'callback',
  use,
  since,
});

let ctx: Ctx;
let nowMs: number;
beforeEach(() => {
  nowMs = NOW;
  ctx = testCtx(createFakeTemporal().port, { now: () => nowMs, actor: 'cli:alice' });
});

const declare = (claim: Claim, note = '') => declareFact(ctx, { namespace, claim, note });
const list = async () => (await listDeclarations(ctx, { namespace })).items;

describe('declareFact', () => {
  it('keeps the claim under who made it and when', async () => {
    const declaration = await declare(floor, 'deployed by ticket 7');
    expect(declarationSchema.parse(declaration)).toEqual({
      id: expect.stringMatching(/^[\da-f-]{36}$/) as string,
      declaredBy: 'cli:alice',
      declaredAt: '2026-11-23T20:00:00.000Z',
      note: 'deployed by ticket 7',
      claim: floor,
      withdrawn: null,
      isConfigured: false,
    });
    expect(await list()).toEqual([declaration]);
    expect((await listDeclarations(ctx, { namespace: 'other' })).items).toEqual([]);
  });

  it.each<[string, Claim]>([
    ['a core floor without a call', { ...floor, call: null }],
    ['a core floor with a version', { ...floor, version: 1 }],
    ['a version floor without a version', { ...floor, patch: version, call: null }],
    ['a version floor with a call', { ...floor, patch: version, version: 1 }],
    ['a floor of tomorrow', { ...floor, since: '2026-11-24T20:00:00.000Z' }],
    ['all-on without a time', callback('all-on')],
    ['all-on of tomorrow', callback('all-on', '2026-11-24T20:00:00.000Z')],
    ['a time beside none', callback('none', '2026-11-20T20:00:00.000Z')],
    ['a manifest of nothing', { ...manifest, patches: [] }],
    [
      'a manifest that says two things',
      { ...manifest, patches: [manifest.patches[0], { ...manifest.patches[0], call: 'none' }] },
    ],
    [
      'a replay proof of another kind',
      { kind: 'replay-proof', patch: version, question: { name: 'remove' }, workflowId: 'w', runId: 'r', eventId: 3 },
    ],
  ])('refuses %s', async (_what, claim) => {
    await expect(declare(claim)).rejects.toMatchObject({ code: 'invalid-request' });
    expect(await list()).toEqual([]);
  });

  it('bears clocks that differ by seconds', async () => {
    await declare({ ...floor, since: '2026-11-23T20:00:30.000Z' });
    expect(await list()).toHaveLength(1);
  });

  it('gives an equal standing claim as it is, whatever the order of its parts', async () => {
    const first = await declare(manifest, 'first');
    nowMs += 1_000;
    expect(await declare({ ...manifest, patches: manifest.patches.toReversed() }, 'second')).toEqual(first);
    expect(await declare(floor)).not.toEqual(first);
    expect(await declare({ ...floor, patch: { kind: 'core', id: 'other' } })).toMatchObject({ withdrawn: null });
    expect(await list()).toHaveLength(3);
    await withdrawFact(ctx, { namespace, id: first.id });
    expect((await declare(manifest, 'again')).id).not.toBe(first.id);
  });

  it('says again what something newer had replaced', async () => {
    await declare(callback('none'));
    nowMs += 1;
    await declare(callback('all-on', '2026-11-20T20:00:00.000Z'));
    nowMs += 1;
    expect((await declare(callback('none'))).declaredAt).toBe('2026-11-23T20:00:00.002Z');
    nowMs += 1;
    expect((await declare(callback('none'))).declaredAt).toBe('2026-11-23T20:00:00.002Z');
  });

  it('refuses what a callback in use would leave without effect', async () => {
    const inUse = await declare(callback('in-use'));
    await expect(declare(callback('none'))).rejects.toMatchObject({
      code: 'refused',
      hint: expect.stringContaining(inUse.id) as string,
    });
    await withdrawFact(ctx, { namespace, id: inUse.id });
    await declare(callback('none'));
    ctx = { ...ctx, config: { ...ctx.config, patchCallbacks: [namespace] } };
    await expect(declare(callback('none'))).resolves.toBeDefined();
    await expect(declare(callback('all-on', '2026-11-20T20:00:00.000Z'))).rejects.toMatchObject({
      hint: expect.stringContaining('PATCHBOARD_PATCH_CALLBACKS') as string,
    });
  });

  it('declares several or none', async () => {
    const wrong = { ...floor, call: null } as const;
    await expect(declareFacts(ctx, { namespace, note: '', claims: [ids, wrong] })).rejects.toThrow();
    expect(await list()).toEqual([]);
    const made = await declareFacts(ctx, { namespace, note: 'n', claims: [ids, ids, floor] });
    expect(made.map(({ id }) => id)).toEqual([made[0]?.id, made[0]?.id, made[2]?.id]);
    expect(await list()).toHaveLength(2);
  });

  it('writes nothing when Patchboard is read-only', async () => {
    const { id } = await declare(ids);
    ctx = { ...ctx, config: readOnly('PATCHBOARD_READ_ONLY is set.') };
    await expect(declare(floor)).rejects.toMatchObject({ code: 'read-only' });
    await expect(withdrawFact(ctx, { namespace, id })).rejects.toMatchObject({ code: 'read-only' });
    expect(await list()).toMatchObject([{ id, withdrawn: null }]);
  });
});

describe('what stands', () => {
  it('has configured facts first, without what was withdrawn', async () => {
    const { id } = await declare(floor);
    const kept = await declare({ ...floor, taskQueue: 'mail' });
    await withdrawFact(ctx, { namespace, id });
    const config = { ...ctx.config, buildIdsIdentifyCode: [namespace], patchCallbacks: [namespace, 'other'] };
    ctx = { ...ctx, config };
    expect((await standingFacts(ctx, namespace)).map((fact) => [fact.id, fact.claim.kind])).toEqual([
      ['configured:ids-name-one-code', 'ids-name-one-code'],
      ['configured:callback', 'callback'],
      [kept.id, 'floor'],
    ]);
    expect((await standingFacts(ctx, 'other')).map((fact) => fact.declaredBy)).toEqual(['configuration']);
    expect(await standingFacts(ctx, 'third')).toEqual([]);
  });

  it('is not declared again where the configuration says it', async () => {
    ctx = { ...ctx, config: { ...ctx.config, buildIdsIdentifyCode: [namespace] } };
    expect(await declare(ids)).toMatchObject({ isConfigured: true, declaredBy: 'configuration' });
    expect(await ctx.store.listFacts(namespace)).toEqual([]);
  });
});

describe('the list', () => {
  it('has the newest first, withdrawn ones and configured ones too', async () => {
    const older = await declare(ids);
    nowMs += 1_000;
    const newer = await declare(floor);
    await withdrawFact({ ...ctx, actor: 'browser' }, { namespace, id: older.id });
    ctx = { ...ctx, config: { ...ctx.config, patchCallbacks: [namespace] } };
    const listed = declarationListSchema.parse(await listDeclarations(ctx, { namespace }));
    expect(listed.items).toMatchObject([
      { id: newer.id, withdrawn: null, isConfigured: false },
      { id: older.id, withdrawn: { by: 'browser', at: '2026-11-23T20:00:01.000Z' } },
      { id: 'configured:callback', isConfigured: true, note: 'PATCHBOARD_PATCH_CALLBACKS' },
    ]);
  });
});

describe('withdrawFact', () => {
  it('gives the declaration back with who and when, also the second time', async () => {
    const { id } = await declare(ids);
    const withdrawn = await withdrawFact(ctx, { namespace, id });
    expect(withdrawn).toMatchObject({ id, withdrawn: { by: 'cli:alice', at: '2026-11-23T20:00:00.000Z' } });
    nowMs += 1_000;
    expect(await withdrawFact({ ...ctx, actor: 'browser' }, { namespace, id })).toEqual(withdrawn);
  });

  it('does not find what is not there, or in another namespace', async () => {
    const { id } = await declare(ids);
    for (const wrong of [
      { namespace, id: 'x' },
      { namespace: 'other', id },
      { namespace, id: 'configured:callback' },
    ]) {
      await expect(withdrawFact(ctx, wrong)).rejects.toMatchObject({ code: 'not-found' });
    }
    expect(await list()).toMatchObject([{ withdrawn: null }]);
  });

  it('names the setting of what is configured', async () => {
    ctx = { ...ctx, config: { ...ctx.config, buildIdsIdentifyCode: [namespace] } };
    await expect(withdrawFact(ctx, { namespace, id: 'configured:ids-name-one-code' })).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('PATCHBOARD_BUILD_IDS_IDENTIFY_CODE') as string,
    });
  });
});
