import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '#e2e/harness/command.ts';
import { goStories } from '#e2e/harness/go-worker.ts';
import { replayRuns } from '#e2e/harness/replay.ts';
import type { TemporalServer } from '#e2e/harness/temporal-server.ts';
import { labelsOf, markersOf, stampsOf } from '#e2e/stories/histories.ts';
import { openPatchboard } from '#e2e/stories/patchboard.ts';
import { openRig } from '#e2e/stories/rig.ts';
import { getStoryTools, startStoryServer, STORY_TOOLS_TIMEOUT_MS } from '#e2e/stories/server.ts';
import type { FactClaim } from '#lib/domain/verdict/declared-facts.ts';

const FACTS: readonly FactClaim[] = [
  { kind: 'callback', use: 'none' },
  { kind: 'ids-name-one-code', taskQueue: null },
  { kind: 'calls-together', patch: null },
];

const NAMESPACES = ['many', 'carried', 'declined', 'encrypted', 'default-ids'] as const;
type Namespace = (typeof NAMESPACES)[number];

let server: TemporalServer;

beforeAll(async () => {
  await getStoryTools();
  server = await startStoryServer('newest', NAMESPACES);
}, STORY_TOOLS_TIMEOUT_MS);

afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
});

const rigIn = (namespace: Namespace) => openRig({ sdk: 'go', address: server.address, namespace });

describe.concurrent('what real servers and SDKs taught, with Go', () => {
  it('256 changes in one run: all found; markers beyond the label’s limit say that they set none', async () => {
    await using rig = await rigIn('many');
    await using patchboard = await openPatchboard(rig.place);
    await patchboard.declare(...FACTS);
    await using _worker = await rig.startWorker({ code: 'default-1', buildId: 'many-1' });
    const run = await rig.start('Many');
    const [history, labels] = [await run.history(), labelsOf(await run.history())];
    const markers = markersOf(history, 'Version');
    const silent = markers.filter((marker) => 'version-search-attribute-updated' in marker);
    expect(markers).toHaveLength(256);
    expect(silent.length).toBeGreaterThan(128);
    expect(new Set(silent.map((marker) => marker['version-search-attribute-updated']))).toEqual(new Set(['false']));
    expect(labels).toHaveLength(256 - silent.length);
    expect(labels.at(-1)).toHaveLength(labels.length);

    const seen = (await patchboard.ctx.census.nextPass('many')).runs[0];
    const versions = seen?.facts?.markers.map(({ kind, id, version }) => `${kind} ${id} ${version}`);
    expect(versions).toEqual(markers.map((marker) => `version ${JSON.parse(marker['change-id'] ?? '')} 1`));
    const ask = (version: number) =>
      patchboard.ask({ question: { name: 'raise-min', version }, patchId: 'many-change-200', workflowType: 'Many' });
    expect((await ask(1)).answer).toBe('safe');
    expect(await ask(2)).toMatchObject({ answer: 'blocked', classes: { 'version-refused': 1 } });
  });

  it('a label that continue-as-new carried, without a marker, blocks nothing', async () => {
    await using rig = await rigIn('carried');
    await using patchboard = await openPatchboard(rig.place);
    const identity = { deploymentVersion: null, taskQueue: rig.place.taskQueue, buildId: 'shop-1' };
    const patches = [{ kind: 'version', id: 'change-1', workflowType: null, version: 1 }] as const;
    // The run that shows the first code's call is closed, and its worker gone: CI says what it had.
    await patchboard.declare(...FACTS, { kind: 'manifest', identity, patches });
    const first = await rig.startWorker({ code: 'default-1', buildId: 'shop-1' });
    const run = await rig.start('Carry', 0);
    await run.go();
    const [open] = await rig.openRuns('Carry');
    const history = open?.history ?? {};
    expect(markersOf(history, 'Version')).toEqual([]);
    const described = await rig.client.workflow.getHandle(run.workflowId).describe();
    expect(
      described.raw.workflowExecutionInfo?.searchAttributes?.indexedFields?.['TemporalChangeVersion'],
    ).toBeTruthy();

    await first.stop();
    await using _second = await rig.startWorker({ code: 'default-2', buildId: 'shop-2' });
    await rig.retire(first);
    // Somebody shows what the second code records; none of its runs came so far.
    const witness = await rig.start('Carry', 1);
    await witness.go();
    const verdict = await patchboard.ask({
      question: { name: 'raise-min', version: 2 },
      patchId: 'change-1',
      workflowType: 'Carry',
    });
    expect(verdict).toMatchObject({ answer: 'safe', classes: { 'not-reached': 1, 'version-kept': 1 } });
    expect(verdict.notes.map(({ code }) => code)).toContain('label-only');
    const replayed = await replayRuns('go', 'only-2', await rig.openRuns('Carry'));
    expect(replayed.map(({ error }) => error)).toEqual([null, null]);
  });

  it('a label of version -1 without a marker: what a replay took for the default is labelled with the next change', async () => {
    await using rig = await rigIn('declined');
    await using patchboard = await openPatchboard(rig.place);
    await patchboard.declare(...FACTS);
    const initial = await rig.startWorker({ code: 'initial', buildId: 'shop-1' });
    const run = await rig.start('Later');
    await run.go();
    await initial.stop();
    await using _first = await rig.startWorker({ code: 'default-1', buildId: 'shop-2' });
    await run.go();
    const history = await run.history();
    expect(markersOf(history, 'Version')).toMatchObject([{ 'change-id': '"change-2"', version: '1' }]);
    expect(labelsOf(history).at(-1)?.toSorted()).toEqual(['change-1--1', 'change-2-1']);
    const verdict = await patchboard.ask({
      question: { name: 'raise-min', version: 1 },
      patchId: 'change-1',
      workflowType: 'Later',
    });
    expect(verdict.answer).toBe('blocked');
    expect(verdict.reasons[0]).toMatchObject({
      code: 'may-hold-old-branch',
      examples: [{ workflowId: run.workflowId, buildId: 'shop-1' }],
    });
    const [replayed] = await replayRuns('go', 'only-1', await rig.openRuns('Later'));
    expect(replayed?.error).toContain('[TMPRL1100]');
  });

  it('an encrypted marker leaves the answer unknown', async () => {
    await using rig = await rigIn('encrypted');
    await using patchboard = await openPatchboard(rig.place);
    await patchboard.declare(...FACTS);
    await using _worker = await rig.startWorker({ code: 'default-1', buildId: 'shop-1', isEncrypted: true });
    const run = await rig.start('Order');
    await run.go();
    const runs = await rig.openRuns('Order');
    const verdict = await patchboard.ask({
      question: { name: 'raise-min', version: 1 },
      patchId: 'change-1',
      workflowType: 'Order',
    });
    expect(verdict).toMatchObject({ answer: 'unknown', classes: { unknown: 1 } });
    expect(verdict.reasons.find(({ code }) => code === 'marker-unreadable')).toMatchObject({
      examples: [{ workflowId: run.workflowId }],
    });
    const [replayed] = await replayRuns('go', 'only-1', runs, { isEncrypted: true });
    expect(replayed?.error).toBeNull();
  });

  it('the default build ID is the checksum of the executable', async () => {
    await using rig = await rigIn('default-ids');
    await using _worker = await rig.startWorker({ code: 'default-1' });
    const run = await rig.start('Order');
    await run.go();
    const checksum = await runCommand(await goStories(), ['checksum'], { timeoutMs: 10_000 });
    const stamps = stampsOf(await run.history());
    expect(stamps.map(({ buildId }) => buildId)).toEqual([checksum.stdout.trim(), checksum.stdout.trim()]);
    expect(stamps[0]?.sdk).toMatch(/^temporal-go \d/);
  });

  it('keeps its Go code formatted and vetted', async () => {
    const folder = join(import.meta.dirname, '../../../e2e/go');
    const files = readdirSync(folder).filter((name) => name.endsWith('.go'));
    const format = await runCommand('gofmt', ['-l', ...files.map((name) => join(folder, name))], { timeoutMs: 10_000 });
    expect([format.code, format.output]).toEqual([0, '']);
    const vet = await runCommand('go', ['vet', '-C', folder, './...'], { timeoutMs: 110_000 });
    expect([vet.code, vet.output]).toEqual([0, '']);
  });
});
