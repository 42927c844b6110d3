import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Verdict } from '#lib/api/verdict/schemas.ts';
import { runOf } from '#lib/domain/census/test-runs.ts';
import { createStore } from '#server/store/store.ts';
import { getPatch } from '#server/usecases/patches/get-patch.ts';
import { listPatches } from '#server/usecases/patches/list-patches.ts';
import { createPatchBench, live, NOW_MS, p, type PatchBench } from '#server/usecases/patches/testing/patch-bench.ts';
import { askedType, identityRow } from '#server/usecases/verdict-jobs/testing/played-ask.ts';

const safe: Partial<Verdict> = { answer: 'safe', reasons: [] };

let bench: PatchBench;
beforeEach(async () => {
  bench = createPatchBench(await createStore(':memory:'));
});
afterEach(() => bench.store.close());

describe('asked answers', () => {
  const open = [runOf({ runId: '1' }, { markers: [live('p')] })];
  const sources = async (ctx = bench.ctxWith(open)) =>
    (await getPatch(ctx, p)).answers.map(({ question, source }) => `${question} ${source}`);

  test('stand before the picture’s while they hold', async () => {
    const identities = [identityRow('v2', { live: 1, deprecated: 0 })];
    const verdict = await bench.answered({ name: 'deprecate' }, { ...safe, byType: [askedType({ identities })] });
    const patch = await getPatch(bench.ctxWith(open), p);
    expect(patch.answers[0]).toEqual(verdict);
    expect(patch.answers[1]).toMatchObject({ question: 'remove', source: 'picture' });
    expect(patch.stage).toBe('ready-to-deprecate');
    const { items } = await listPatches(bench.ctxWith(open), { namespace: 'shop', limit: 10 });
    expect(items[0]).toMatchObject({
      stage: 'ready-to-deprecate',
      answers: [{ question: 'deprecate', min: null, answer: 'safe', source: 'asked' }, { source: 'picture' }],
    });
  });

  test('about one type, another policy or another patch do not', async () => {
    await bench.answered({ name: 'deprecate' }, safe, { workflowType: 'Order' });
    await bench.answered({ name: 'deprecate' }, safe, { policy: 'retention' });
    await bench.answered({ name: 'deprecate' }, safe, { targetBuild: 'v2' });
    await bench.answered({ name: 'deprecate' }, safe, { patchId: 'q' });
    expect(await sources()).toEqual(['deprecate picture', 'remove picture']);
  });

  test('that expired do not', async () => {
    await bench.answered({ name: 'deprecate' }, safe);
    expect(await sources()).toContain('deprecate asked');
    const later = { ...bench.ctxWith(open), now: () => NOW_MS + 300_000 };
    expect(await sources(later)).toEqual(['deprecate picture', 'remove picture']);
  });

  test('that were withdrawn do not', async () => {
    await bench.answered({ name: 'deprecate' }, safe);
    const ctx = bench.ctxWith(open);
    const worker = { identity: 'w', taskKind: 'workflow', lastPollMs: 1, buildId: 'v9' } as const;
    const listPollers = async () => [{ ...worker, useVersioning: false, deploymentVersion: null }];
    expect(await sources({ ...ctx, temporal: { ...ctx.temporal, listPollers } })).toEqual([
      'deprecate picture',
      'remove picture',
    ]);
  });

  test('show that a patch is gone', async () => {
    await bench.store.rememberPatches('shop', [{ kind: 'core', id: 'p', workflowType: 'Order' }], 1_000);
    const ctx = bench.ctxWith([runOf({ runId: '1' }, {})]);
    expect((await getPatch(ctx, p)).stage).toBe('not-carried');
    const identities = [identityRow('v3', { deprecated: 0 }), identityRow('v2', { isPolling: false })];
    await bench.answered({ name: 'remove' }, { answer: 'blocked', byType: [askedType({ identities })] });
    expect((await getPatch(ctx, p)).stage).toBe('gone');
  });

  test('about a version are told where no open run recorded one', async () => {
    const go = { kind: 'version', id: 'p', workflowType: 'Order' } as const;
    await bench.store.rememberPatches('shop', [go], 1_000);
    await bench.answered({ name: 'drop-call', version: 2 }, { answer: 'unknown' });
    const { answers } = await getPatch(bench.ctxWith([]), { ...p, kind: 'version' });
    expect(answers).toMatchObject([{ question: 'drop-call', min: 2, source: 'asked' }]);
  });

  test('outlive the process', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'patches-')), 'bench.store.db');
    for (const isFirst of [true, false]) {
      await bench.store.close();
      bench.store = await createStore(path);
      if (isFirst) await bench.answered({ name: 'deprecate' }, safe);
    }
    expect(await sources()).toContain('deprecate asked');
  });
});
