import { describe, expect, test } from 'vitest';
import type { ErrorCode } from '#lib/api/shared/errors.ts';
import { namespaceListSchema, statusSchema } from '#lib/api/status/schemas.ts';
import { CodedError } from '#server/errors.ts';
import { exampleEntry } from '#server/store/testing/record-entries.ts';
import type { TemporalPort } from '#server/temporal/port.ts';
import { createFakeTemporal } from '#server/usecases/changes/testing/fake-temporal.ts';
import { testCtx } from '#server/usecases/changes/testing/test-ctx.ts';
import { getStatus } from '#server/usecases/status/get-status.ts';
import { listNamespaces } from '#server/usecases/status/list-namespaces.ts';

const fails = (code: ErrorCode) => () => Promise.reject(new CodedError(code, `it is ${code}`, 'do this'));

function ctxOf(port: Partial<TemporalPort>) {
  return testCtx({
    ...createFakeTemporal().port,
    getServerInfo: async () => ({ serverVersion: '1.32.0', clusterName: 'active' }),
    probeFamilies: async () => ({ versionSets: 'on', rules: 'off', deployments: 'unknown' }),
    ...port,
  });
}

describe('getStatus', () => {
  test('names the server, each family, and the setting that turns it on', async () => {
    const status = statusSchema.parse(await getStatus(ctxOf({}), { namespace: 'shop' }));
    expect(status).toMatchObject({
      serverVersion: '1.32.0',
      families: { versionSets: { state: 'on' }, rules: { state: 'off' }, deployments: { state: 'unknown' } },
      trouble: null,
    });
    expect(status.families.rules.setting).toContain('frontend.workerVersioningRuleAPIs');
  });

  test('answers while Temporal does not, and says why', async () => {
    const down = { getServerInfo: fails('temporal-unreachable'), probeFamilies: fails('temporal-unreachable') };
    expect(statusSchema.parse(await getStatus(ctxOf(down), { namespace: 'shop' }))).toMatchObject({
      serverVersion: null,
      families: { versionSets: { state: 'unknown' } },
      trouble: { message: 'it is temporal-unreachable', hint: 'do this' },
    });
  });

  test('names the head of the record, as soon as it has an entry', async () => {
    const ctx = ctxOf({});
    const recordNow = async () => statusSchema.parse(await getStatus(ctx, { namespace: 'shop' })).record;
    expect(await recordNow()).toEqual({ entries: 0, head: null, trouble: null });
    await ctx.store.record.append({ entry: exampleEntry() }, () => true);
    expect(await recordNow()).toMatchObject({ entries: 1, head: expect.stringMatching(/^1:[0-9a-f]{64}$/) as string });
  });

  test('answers while the store does not, and says why', async () => {
    const ctx = ctxOf({});
    const store = { ...ctx.store, record: { ...ctx.store.record, head: fails('store-unavailable') } };
    const status = statusSchema.parse(await getStatus({ ...ctx, store }, { namespace: 'shop' }));
    expect(status).toMatchObject({
      serverVersion: '1.32.0',
      record: { entries: null, head: null, trouble: 'it is store-unavailable' },
    });
  });

  test('an unknown namespace is an error', async () => {
    const ctx = ctxOf({ probeFamilies: fails('namespace-not-found') });
    await expect(getStatus(ctx, { namespace: 'nope' })).rejects.toMatchObject({ code: 'namespace-not-found' });
  });
});

describe('listNamespaces', () => {
  const named = (...names: string[]) =>
    ctxOf({ listNamespaces: async () => names.map((name) => ({ name, retentionMs: null })) });

  test('by name, without the server’s own', async () => {
    const list = namespaceListSchema.parse(await listNamespaces(named('b', 'temporal-system', 'a/b', '..')));
    expect(list).toEqual({ items: [{ name: '..' }, { name: 'a/b' }, { name: 'b' }], default: 'default' });
  });

  test('a configured list is taken as it is, with the default namespace', async () => {
    const ctx = ctxOf({});
    const configured = { ...ctx, config: { ...ctx.config, namespaces: ['shop'] } };
    expect((await listNamespaces(configured)).items).toEqual([{ name: 'default' }, { name: 'shop' }]);
  });

  test('a key that may not list has its own namespace; other failures are told', async () => {
    expect((await listNamespaces(ctxOf({ listNamespaces: fails('forbidden') }))).items).toEqual([{ name: 'default' }]);
    await expect(listNamespaces(ctxOf({ listNamespaces: fails('temporal-unreachable') }))).rejects.toMatchObject({
      code: 'temporal-unreachable',
    });
  });
});
