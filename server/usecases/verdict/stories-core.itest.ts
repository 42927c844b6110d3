import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { replayRuns } from '#e2e/harness/replay.ts';
import type { TemporalServer } from '#e2e/harness/temporal-server.ts';
import { eventsOf, labelsOf, markersOf, stampsOf } from '#e2e/stories/histories.ts';
import { openPatchboard } from '#e2e/stories/patchboard.ts';
import { openRig } from '#e2e/stories/rig.ts';
import { getStoryTools, startStoryServer, STORY_TOOLS_TIMEOUT_MS } from '#e2e/stories/server.ts';
import type { Verdict } from '#lib/api/verdict/schemas.ts';
import type { FactClaim } from '#lib/domain/verdict/declared-facts.ts';

const NO_CALLBACK: FactClaim = { kind: 'callback', use: 'none' };
const IDS_NAME_ONE_CODE: FactClaim = { kind: 'ids-name-one-code', taskQueue: null };

const MANY = Array.from({ length: 256 }, (_, number) => `many-patch-${String(number).padStart(3, '0')}`);
const [FIRST, UNLABELLED, LAST] = [MANY[0] ?? '', MANY[200] ?? '', MANY[255] ?? ''];
const LABEL_LIMIT_BYTES = 2_048;

let server: TemporalServer;

beforeAll(async () => {
  await getStoryTools();
  server = await startStoryServer('newest', ['many', 'same-build', 'both-branches']);
}, STORY_TOOLS_TIMEOUT_MS);

afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
});

const codesOf = ({ reasons }: Verdict) => reasons.map(({ code }) => code);
const namedIn = ({ reasons }: Verdict) =>
  reasons.flatMap(({ examples }) => examples.map(({ workflowId }) => workflowId));

describe.concurrent('what real servers and SDKs taught, with Core’s SDKs', () => {
  it('256 patches in one run: all found, though labels tell of fewer than half; a full label blocks removal of the first', async () => {
    await using rig = await openRig({ sdk: 'python', address: server.address, namespace: 'many' });
    await using patchboard = await openPatchboard(rig.place);
    await patchboard.declare(NO_CALLBACK, IDS_NAME_ONE_CODE);
    await using _worker = await rig.startWorker({ code: 'many-1-deprecated', buildId: 'many-1' });
    const run = await rig.start('Many');
    const runs = await rig.openRuns('Many');

    const history = await run.history();
    const labels = labelsOf(history).at(-1) ?? [];
    expect(markersOf(history, 'core_patch')).toHaveLength(256);
    expect(labels.toSorted()).toEqual(MANY.slice(0, labels.length));
    expect(JSON.stringify(labels).length).toBeLessThan(LABEL_LIMIT_BYTES);
    expect(JSON.stringify(MANY.slice(0, labels.length + 1)).length).toBeGreaterThanOrEqual(LABEL_LIMIT_BYTES);

    const seen = (await patchboard.ctx.census.nextPass('many')).runs[0];
    expect(seen?.facts?.markers.map(({ id }) => id)).toEqual(MANY);
    expect(seen?.facts?.labels.toSorted()).toEqual(labels.toSorted());

    const ask = (name: 'deprecate' | 'remove', patchId: string) =>
      patchboard.ask({ question: { name }, patchId, workflowType: 'Many' });
    const replay = async (code: string) => (await replayRuns('python', code, runs))[0]?.error ?? null;

    const first = await ask('remove', FIRST);
    expect([first.answer, codesOf(first), namedIn(first)]).toEqual(['blocked', ['label-full'], [run.workflowId]]);
    expect(await replay('many-2-first-removed')).toContain('[TMPRL1100]');
    // Nothing comes after the last one: this run can do without it, whatever a run to come may need.
    expect((await ask('remove', LAST)).classes).toMatchObject({ survived: 1, 'label-full': 0 });
    expect(await replay('many-2-last-removed')).toBeNull();

    expect(labels).not.toContain(UNLABELLED);
    const removal = await ask('remove', UNLABELLED);
    expect(removal).toMatchObject({ answer: 'blocked', classes: { 'marker-live': 1 } });
    expect(await replay('many-2-unlabelled-removed')).toContain('[TMPRL1100]');
    expect((await ask('deprecate', UNLABELLED)).answer).toBe('safe');
    expect(await replay('many-2-unlabelled-deprecated')).toBeNull();
  });

  it('Python’s default build ID does not change with a patch inside a method, and is not trusted', async () => {
    await using rig = await openRig({ sdk: 'python', address: server.address, namespace: 'same-build' });
    await using patchboard = await openPatchboard(rig.place);
    await patchboard.declare(NO_CALLBACK);
    const before = await rig.startWorker({ code: 'shop', codeFolder: 'same_build/before' });
    const old = await rig.start('Shop');
    await old.go();
    await before.stop();
    const after = await rig.startWorker({ code: 'shop', codeFolder: 'same_build/after' });
    const young = await rig.start('Shop');
    await young.go();

    const builds = [...stampsOf(await old.history()), ...stampsOf(await young.history())].map(({ buildId }) => buildId);
    expect(new Set(builds).size).toBe(1);
    expect(builds[0]).toMatch(/^[0-9a-f]{32}$/);
    expect(stampsOf(await old.history())[0]?.sdk).toMatch(/^temporal-python \d/);
    expect(markersOf(await young.history(), 'core_patch')).toHaveLength(1);

    const ask = () => patchboard.ask({ question: { name: 'deprecate' }, patchId: 'my-patch', workflowType: 'Shop' });
    const blocked = await ask();
    expect(blocked.answer).toBe('blocked');
    expect(blocked.reasons[0]).toMatchObject({
      code: 'may-hold-old-branch',
      examples: [{ workflowId: old.workflowId }],
    });
    const replayed = await replayRuns('python', 'shop', await rig.openRuns('Shop'), {
      codeFolder: 'same_build/changed',
    });
    expect(replayed.filter(({ error }) => error !== null).map(({ workflowId }) => workflowId)).toEqual([
      old.workflowId,
    ]);

    await old.finish();
    await rig.retire(before);
    // The one worker left wrote the marker; its build ID does not show that it is all that polls under it.
    expect(await ask()).toMatchObject({ answer: 'unknown', reasons: [{ code: 'worker-not-known' }] });
    await after.stop();
  });

  it('a TypeScript run on both branches blocks deprecation; a typing error is never safe', async () => {
    await using rig = await openRig({ sdk: 'typescript', address: server.address, namespace: 'both-branches' });
    await using patchboard = await openPatchboard(rig.place);
    await patchboard.declare(NO_CALLBACK);
    const initial = await rig.startWorker({ code: 'stage-1-initial' });
    const loop = await rig.start('Loop');
    await loop.go();
    await initial.stop();
    await using _patched = await rig.startWorker({ code: 'stage-2-patched' });
    const young = await rig.start('Loop');
    await young.go();
    await loop.go();

    const events = eventsOf(await loop.history());
    const oldBranch = events.findIndex((event) => event.workflowPropertiesModifiedEventAttributes);
    const marker = events.findIndex((event) => event.markerRecordedEventAttributes?.markerName === 'core_patch');
    expect(oldBranch).toBeGreaterThan(0);
    expect(marker).toBeGreaterThan(oldBranch);
    const builds = stampsOf(await loop.history()).map(({ buildId }) => buildId);
    for (const build of builds) expect(build).toMatch(/^@temporalio\/worker@[^+]+\+[0-9a-f]{64}$/);
    expect(new Set(builds).size).toBe(2);
    expect(stampsOf(await loop.history())[0]?.sdk).toMatch(/^temporal-typescript \d/);

    const ask = (patchId: string, workflowType: string) =>
      patchboard.ask({ question: { name: 'deprecate' }, patchId, workflowType });
    const blocked = await ask('my-patch', 'Loop');
    expect(blocked.answer).toBe('blocked');
    expect(blocked.reasons[0]).toMatchObject({
      code: 'may-hold-old-branch',
      examples: [{ workflowId: loop.workflowId }],
    });
    const replayed = await replayRuns('typescript', 'stage-3-deprecated', await rig.openRuns('Loop'));
    expect(replayed.filter(({ error }) => error !== null).map(({ workflowId }) => workflowId)).toEqual([
      loop.workflowId,
    ]);

    await loop.finish();
    await rig.retire(initial);
    expect((await ask('my-patch', 'Loop')).answer).toBe('safe');
    const mistyped = [
      ['my-pach', 'Loop'],
      ['MY-PATCH', 'Loop'],
      ['my-patch', 'Lopp'],
      ['my-patch', 'loop'],
    ] as const;
    for (const [patchId, workflowType] of mistyped) {
      const verdict = await ask(patchId, workflowType);
      expect(verdict.answer).toBe('unknown');
      expect(codesOf(verdict)).toContain('never-seen');
    }
  });
});
