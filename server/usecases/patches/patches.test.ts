import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { patchListSchema, patchSchema } from '#lib/api/patches/schemas.ts';
import type { Verdict } from '#lib/api/verdict/schemas.ts';
import { type CensusRun, type CensusSnapshot, emptySnapshot } from '#lib/domain/census/snapshot.ts';
import { markerOf, runOf, taskOf } from '#lib/domain/census/test-runs.ts';
import type { PatchQuestion } from '#lib/domain/verdict/question.ts';
import { CodedError } from '#server/errors.ts';
import type { PatchSample, Store } from '#server/store/port.ts';
import { createStore } from '#server/store/store.ts';
import { createFakeTemporal } from '#server/usecases/changes/testing/fake-temporal.ts';
import { testCtx } from '#server/usecases/changes/testing/test-ctx.ts';
import { getPatch } from '#server/usecases/patches/get-patch.ts';
import { listPatches } from '#server/usecases/patches/list-patches.ts';
import { answerKey, type AnswerSubject } from '#server/usecases/verdict/answer-key.ts';
import { askedType, askedVerdict, identityRow } from '#server/usecases/verdict-jobs/testing/played-ask.ts';

const LISTED_MS = Date.UTC(2026, 10, 23, 20);
const NOW_MS = LISTED_MS + 5_000;
const HOUR_MS = 3_600_000;
const live = (id: string) => markerOf({ kind: 'core', id, deprecated: false });
const p = { namespace: 'shop', kind: 'core', id: 'p' } as const;

let store: Store;
beforeEach(async () => {
  store = await createStore(':memory:');
});
afterEach(() => store.close());

function ctxWith(runs: readonly CensusRun[], picture: Partial<CensusSnapshot> = {}) {
  const snapshot: CensusSnapshot = {
    ...emptySnapshot('shop'),
    fromMs: LISTED_MS - 100,
    toMs: LISTED_MS,
    isListComplete: true,
    runs,
    historiesRead: runs.filter((run) => run.facts !== null).length,
    ...picture,
  };
  const none = () => Promise.reject(new Error('not asked'));
  const census = { snapshot: () => snapshot, nextPass: none, takeVisibility: none, stop: none };
  return testCtx(createFakeTemporal().port, { store, census, now: () => NOW_MS });
}

/** Stores an asked answer about patch `p` that ended a second ago. */
async function answered(question: PatchQuestion, over: Partial<Verdict> = {}, about: Partial<AnswerSubject> = {}) {
  const atMs = NOW_MS - 1_000;
  const key = answerKey({ question, patchId: 'p', workflowType: null, policy: 'open', targetBuild: null, ...about });
  const min = 'version' in question ? question.version : null;
  const verdict = askedVerdict({ atMs, question: question.name, min, byType: [askedType()], ...over });
  await store.saveAnswer('shop', { key, askedBy: 'ci', atMs, body: JSON.stringify(verdict) });
  return verdict;
}

const safe: Partial<Verdict> = { answer: 'safe', reasons: [] };

describe('listPatches', () => {
  test('merges the picture with memory, by id, page by page', async () => {
    await store.rememberPatches('shop', [{ kind: 'core', id: 'b-old', workflowType: 'Gone' }], 7_000);
    await store.rememberPatches('elsewhere', [{ kind: 'core', id: 'other', workflowType: 'W' }], 7_000);
    const ctx = ctxWith([runOf({ runId: '1' }, { markers: [live('c'), live('a')] })]);
    const first = patchListSchema.parse(await listPatches(ctx, { namespace: 'shop', limit: 2 }));
    expect(first.items.map((patch) => patch.id)).toEqual(['a', 'b-old']);
    expect(first.items[1]).toMatchObject({
      stage: 'not-carried',
      totals: { openRuns: 0 },
      workflowTypes: ['Gone'],
      firstSeen: new Date(7_000).toISOString(),
      lastSeen: new Date(7_000).toISOString(),
    });
    expect(first.items[0]).toMatchObject({ stage: 'introduced', lastSeen: new Date(LISTED_MS).toISOString() });
    expect(first.picture).toMatchObject({ runsListed: 1, isListComplete: true });

    const cursor = first.nextCursor ?? undefined;
    const second = patchListSchema.parse(await listPatches(ctx, { namespace: 'shop', limit: 2, cursor }));
    expect(second.items.map((patch) => patch.id)).toEqual(['c']);
    expect(second.nextCursor).toBeNull();
  });

  test('answers each question that suits the kind, by the picture never safe', async () => {
    const go = markerOf({ kind: 'version', id: 'p', version: 1 });
    const tasks = [taskOf({ startedEventId: 3 })];
    const ctx = ctxWith([
      runOf({ runId: '1' }, { markers: [live('p')], tasks }),
      runOf({ runId: '2' }, { markers: [go], tasks }),
    ]);
    const { items } = await listPatches(ctx, { namespace: 'shop', limit: 10 });
    expect(items[0]?.answers).toContainEqual({ question: 'remove', min: null, answer: 'blocked', source: 'picture' });
    expect(items[1]?.answers.map(({ question, min }) => [question, min])).toEqual([
      ['raise-min', 1],
      ['drop-call', 1],
    ]);
    expect(items.flatMap((patch) => patch.answers).some(({ answer }) => answer === 'safe')).toBe(false);
  });

  test('before the first listing an unknown namespace is an error, an unreachable server is not', async () => {
    const ctx = ctxWith([], { fromMs: null, toMs: null, trouble: 'Temporal does not answer.' });
    const describing = (code: 'namespace-not-found' | 'temporal-unreachable') => ({
      ...ctx,
      temporal: { ...ctx.temporal, describeNamespace: () => Promise.reject(new CodedError(code, 'no', 'next')) },
    });
    const input = { namespace: 'shop', limit: 10 };
    await expect(listPatches(describing('namespace-not-found'), input)).rejects.toMatchObject({
      code: 'namespace-not-found',
    });
    expect(await listPatches(describing('temporal-unreachable'), input)).toMatchObject({
      items: [],
      asOf: null,
      picture: { trouble: 'Temporal does not answer.' },
    });
  });
});

describe('getPatch', () => {
  test('counts per type, with the types that memory knows', async () => {
    await store.rememberPatches('shop', [{ kind: 'core', id: 'p', workflowType: 'Refund' }], 1_000);
    const ctx = ctxWith([
      runOf({ runId: '1' }, { markers: [live('p')] }),
      runOf({ runId: '2', workflowType: 'Refund' }, null),
    ]);
    const patch = patchSchema.parse(await getPatch(ctx, p));
    expect(patch.byType.map(({ workflowType, counts }) => [workflowType, counts.live, counts.notRead])).toEqual([
      ['Order', 1, 0],
      ['Refund', 0, 1],
    ]);
    expect(patch).toMatchObject({ isSeen: true, totals: { openRuns: 2, live: 1, notRead: 1 } });
    expect(patch.answers.map((answer) => answer.question)).toEqual(['deprecate', 'remove']);
  });

  test('names the SDK of the newest run that carries it', async () => {
    const carrier = (runId: string, startTimeMs: number, sdkName: string | null) =>
      runOf({ runId, startTimeMs }, { sdkName, markers: [live('p')] });
    const runs = [
      carrier('1', 10, 'temporal-python'),
      carrier('2', 30, 'temporal-ruby'),
      carrier('3', 20, 'temporal-dotnet'),
      runOf({ runId: '4', startTimeMs: 40 }, {}),
    ];
    expect((await getPatch(ctxWith(runs), p)).sdkName).toBe('temporal-ruby');
    expect((await getPatch(ctxWith(runs.slice(3)), p)).sdkName).toBeNull();
  });

  test('an id that nobody ever saw is said to be unseen, and its answers are unknown', async () => {
    const ctx = ctxWith([runOf({ runId: '1' }, { markers: [live('my-patch')] })]);
    const patch = patchSchema.parse(await getPatch(ctx, { ...p, id: 'my-pacth' }));
    expect(patch).toMatchObject({ isSeen: false, stage: 'not-carried', byType: [], firstSeen: null, alarms: [] });
    expect(patch.answers.every((answer) => answer.answer === 'unknown')).toBe(true);
    expect(patch.answers[0]?.reasons.map((reason) => reason.code)).toContain('never-seen');
    const unread = ctxWith([runOf({ runId: '1' }, null)]);
    expect((await getPatch(unread, { ...p, id: 'my-pacth' })).stage).toBe('unknown');
  });

  test('the same id of the other kind is another patch', async () => {
    const ctx = ctxWith([runOf({ runId: '1' }, { markers: [live('p')] })]);
    expect((await getPatch(ctx, { ...p, kind: 'version' })).isSeen).toBe(false);
  });
});

describe('asked answers', () => {
  const open = [runOf({ runId: '1' }, { markers: [live('p')] })];
  const sources = async (ctx = ctxWith(open)) =>
    (await getPatch(ctx, p)).answers.map(({ question, source }) => `${question} ${source}`);

  test('stand before the picture’s while they hold', async () => {
    const identities = [identityRow('v2', { live: 1, deprecated: 0 })];
    const verdict = await answered({ name: 'deprecate' }, { ...safe, byType: [askedType({ identities })] });
    const patch = await getPatch(ctxWith(open), p);
    expect(patch.answers[0]).toEqual(verdict);
    expect(patch.answers[1]).toMatchObject({ question: 'remove', source: 'picture' });
    expect(patch.stage).toBe('ready-to-deprecate');
    const { items } = await listPatches(ctxWith(open), { namespace: 'shop', limit: 10 });
    expect(items[0]).toMatchObject({
      stage: 'ready-to-deprecate',
      answers: [{ question: 'deprecate', min: null, answer: 'safe', source: 'asked' }, { source: 'picture' }],
    });
  });

  test('about one type, another policy or another patch do not', async () => {
    await answered({ name: 'deprecate' }, safe, { workflowType: 'Order' });
    await answered({ name: 'deprecate' }, safe, { policy: 'retention' });
    await answered({ name: 'deprecate' }, safe, { targetBuild: 'v2' });
    await answered({ name: 'deprecate' }, safe, { patchId: 'q' });
    expect(await sources()).toEqual(['deprecate picture', 'remove picture']);
  });

  test('that expired do not', async () => {
    await answered({ name: 'deprecate' }, safe);
    expect(await sources()).toContain('deprecate asked');
    const later = { ...ctxWith(open), now: () => NOW_MS + 300_000 };
    expect(await sources(later)).toEqual(['deprecate picture', 'remove picture']);
  });

  test('that were withdrawn do not', async () => {
    await answered({ name: 'deprecate' }, safe);
    const ctx = ctxWith(open);
    const worker = { identity: 'w', taskKind: 'workflow', lastPollMs: 1, buildId: 'v9' } as const;
    const listPollers = async () => [{ ...worker, useVersioning: false, deploymentVersion: null }];
    expect(await sources({ ...ctx, temporal: { ...ctx.temporal, listPollers } })).toEqual([
      'deprecate picture',
      'remove picture',
    ]);
  });

  test('show that a patch is gone', async () => {
    await store.rememberPatches('shop', [{ kind: 'core', id: 'p', workflowType: 'Order' }], 1_000);
    const ctx = ctxWith([runOf({ runId: '1' }, {})]);
    expect((await getPatch(ctx, p)).stage).toBe('not-carried');
    const identities = [identityRow('v3', { deprecated: 0 }), identityRow('v2', { isPolling: false })];
    await answered({ name: 'remove' }, { answer: 'blocked', byType: [askedType({ identities })] });
    expect((await getPatch(ctx, p)).stage).toBe('gone');
  });

  test('about a version are told where no open run recorded one', async () => {
    const go = { kind: 'version', id: 'p', workflowType: 'Order' } as const;
    await store.rememberPatches('shop', [go], 1_000);
    await answered({ name: 'drop-call', version: 2 }, { answer: 'unknown' });
    const { answers } = await getPatch(ctxWith([]), { ...p, kind: 'version' });
    expect(answers).toMatchObject([{ question: 'drop-call', min: 2, source: 'asked' }]);
  });

  test('outlive the process', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'patches-')), 'store.db');
    for (const isFirst of [true, false]) {
      await store.close();
      store = await createStore(path);
      if (isFirst) await answered({ name: 'deprecate' }, safe);
    }
    expect(await sources()).toContain('deprecate asked');
  });
});

describe('alarms', () => {
  const alarms = async (runs: readonly CensusRun[], id = 'p') => (await getPatch(ctxWith(runs), { ...p, id })).alarms;

  test('count the runs of its types whose newest task failed by nondeterminism', async () => {
    const nondeterminismFailure = { message: 'no', timeMs: 5 };
    const runs = [
      runOf({ runId: '1' }, { markers: [live('p')] }),
      runOf({ runId: '2' }, { nondeterminismFailure }),
      runOf({ runId: '3', workflowType: 'Refund' }, { nondeterminismFailure }),
    ];
    expect(await alarms(runs)).toEqual([{ code: 'nondeterminism', count: 1 }]);
    expect(await alarms(runs, 'q')).toEqual([]);
  });

  test('say that the newest code stopped writing what open runs need', async () => {
    const by = (buildId: string, timeMs: number) =>
      taskOf({ startedEventId: 3, timeMs, worker: { buildId, useVersioning: false, deploymentVersion: null } });
    const carrier = runOf({ runId: '1' }, { markers: [live('p')], tasks: [by('v2', 1_000)] });
    const without = runOf({ runId: '2' }, { tasks: [by('v3', 2_000)] });
    expect(await alarms([carrier, without])).toEqual([{ code: 'newest-stopped-writing', count: 1 }]);
    expect(await alarms([carrier])).toEqual([]);
  });

  test('say that a patch that was gone came back', async () => {
    const thisHour = Math.floor(NOW_MS / HOUR_MS) * HOUR_MS;
    const sample = (hoursAgo: number, count: number): PatchSample => ({
      kind: 'core',
      id: 'p',
      workflowType: 'Order',
      hourMs: thisHour - hoursAgo * HOUR_MS,
      openRuns: 9,
      live: count,
      deprecated: 0,
      withoutMarker: 9 - count,
      versions: {},
    });
    const carrier = [runOf({ runId: '1' }, { markers: [live('p')] })];
    await store.addSamples('shop', [sample(30, 1), ...[26, 20, 10, 2].map((ago) => sample(ago, 0))], NOW_MS);
    expect(await alarms(carrier)).toEqual([{ code: 'came-back', count: 1 }]);
    expect(await alarms([])).toEqual([]);
  });

  test('are silent where the patch was carried yesterday', async () => {
    expect(await alarms([runOf({ runId: '1' }, { markers: [live('p')] })])).toEqual([]);
  });
});

test('a list tells of each patch what its own page tells', async () => {
  await store.rememberPatches('shop', [{ kind: 'core', id: 'b', workflowType: 'Order' }], 1_000);
  const ctx = ctxWith([
    runOf({ runId: '1' }, { markers: [live('a')] }),
    runOf({ runId: '2', workflowType: 'Refund', labels: ['c'] }, null),
    runOf({ runId: '3', workflowType: 'Mail' }, { unreadable: [{ eventId: 5, reason: 'not-json' }] }),
    runOf({ runId: '4', workflowType: 'Mail' }, { markers: [markerOf({ kind: 'version', id: 'a', version: 2 })] }),
    runOf({ runId: '5' }, { tasks: [taskOf({ startedEventId: 3 })] }),
  ]);
  const { items } = await listPatches(ctx, { namespace: 'shop', limit: 100 });
  expect(items.map((patch) => `${patch.kind} ${patch.id}`)).toEqual(['core a', 'version a', 'core b', 'core c']);
  for (const { kind, id, answers, stage, alarms } of items) {
    const alone = await getPatch(ctx, { namespace: 'shop', kind, id });
    expect({ stage, alarms }).toEqual({ stage: alone.stage, alarms: alone.alarms });
    expect(answers).toEqual(
      alone.answers.map(({ question, min, answer, source }) => ({ question, min, answer, source })),
    );
  }
});
