import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { indexPatches } from '#lib/domain/census/patch-index.ts';
import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import { type PatchCountsTally, type RememberedPatch, tallyPatches } from '#lib/domain/census/tally-patches.ts';
import { markerOf, runOf } from '#lib/domain/census/test-runs.ts';
import type { PatchMarker, PatchRef } from '#lib/domain/patches/types.ts';

const tally = (runs: readonly CensusRun[], remembered: readonly RememberedPatch[] = []) =>
  tallyPatches(indexPatches({ runs }), remembered);

const live = (id: string) => markerOf({ kind: 'core', id, deprecated: false });
const deprecated = (id: string) => markerOf({ kind: 'core', id, deprecated: true });
const version = (id: string, number: number) => markerOf({ kind: 'version', id, version: number });

describe('tallyPatches', () => {
  test('tells apart what histories say, per workflow type', () => {
    const runs = [
      runOf({ runId: '1', startTimeMs: 30 }, { markers: [live('p')] }),
      runOf({ runId: '2', startTimeMs: 10 }, { markers: [deprecated('p')] }),
      runOf({ runId: '3', startTimeMs: 20 }, {}),
      runOf({ runId: '4' }, { unreadable: [{ eventId: 5, reason: 'not-json' }] }),
      runOf({ runId: '5' }, null),
      runOf({ runId: '6', workflowType: 'Refund' }, {}),
    ];
    const counts = {
      openRuns: 5,
      live: 1,
      deprecated: 1,
      versions: [],
      withoutMarker: 1,
      unreadable: 1,
      notRead: 1,
      oldestOpenStartMs: 10,
    };
    expect(tally(runs)).toEqual([
      { kind: 'core', id: 'p', byType: [{ workflowType: 'Order', counts }], totals: counts },
    ]);
  });

  test('never merges one id of two kinds, and counts versions apart', () => {
    const runs = [
      runOf({ runId: '1' }, { markers: [live('same'), version('same', 2)] }),
      runOf({ runId: '2', workflowType: 'Go' }, { markers: [version('same', 1)], sdkName: 'temporal-go' }),
    ];
    const [core, versioned] = tally(runs);
    expect(core).toMatchObject({ kind: 'core', totals: { openRuns: 1, live: 1, versions: [] } });
    expect(versioned).toMatchObject({
      kind: 'version',
      totals: {
        openRuns: 2,
        live: 0,
        versions: [
          { version: 1, openRuns: 1 },
          { version: 2, openRuns: 1 },
        ],
      },
    });
  });

  test('announces the patch of a label before its history is read', () => {
    expect(tally([runOf({ labels: ['new'] }, null)])).toMatchObject([
      { kind: 'core', id: 'new', totals: { openRuns: 1, notRead: 1, withoutMarker: 0 } },
    ]);
  });

  test('reads a label with a number as its workflow type’s SDK writes it', () => {
    const label = { labels: ['fix-12'] };
    const of = (runs: readonly CensusRun[]) => tally(runs).map((patch) => `${patch.kind}:${patch.id}`);
    expect(of([runOf({ ...label, runId: '1' }, null), runOf({ runId: '2' }, { sdkName: 'temporal-go' })])).toEqual([
      'version:fix',
    ]);
    expect(of([runOf({ ...label, runId: '1' }, null), runOf({ runId: '2' }, { sdkName: 'temporal-python' })])).toEqual([
      'core:fix-12',
    ]);
    expect(of([runOf(label, null)])).toEqual(['core:fix-12']);
    const known = { kind: 'version', id: 'fix', workflowTypes: ['Order'] } as const;
    expect(tally([runOf(label, null)], [known]).map((patch) => patch.kind)).toEqual(['version']);
  });

  test('keeps a remembered patch, and its types, with the open runs they have now', () => {
    const remembered = { kind: 'core', id: 'old', workflowTypes: ['Gone', 'Order'] } as const;
    const [patch] = tally([runOf({}, {})], [remembered]);
    expect(patch?.byType.map(({ workflowType, counts }) => [workflowType, counts.openRuns])).toEqual([
      ['Gone', 0],
      ['Order', 1],
    ]);
    expect(patch?.byType[0]?.counts.oldestOpenStartMs).toBeNull();
    expect(patch?.totals).toMatchObject({ openRuns: 1, withoutMarker: 1, oldestOpenStartMs: 1_000 });
  });

  test('hides the patches that the TypeScript SDK writes for itself', () => {
    const id = '__temporal_internal_connect_external_handle_cancel_to_scope';
    expect(tally([runOf({ labels: [id] }, { markers: [live(id), live('__sdk_internal_patch_number:1')] })])).toEqual(
      [],
    );
  });

  test('counts a run with a live and a deprecated marker of one patch as live', () => {
    expect(tally([runOf({}, { markers: [deprecated('p'), live('p')] })])[0]?.totals).toMatchObject({
      live: 1,
      deprecated: 0,
    });
  });
});

/** Counts one patch in one type by looking at each run again: slow, plain, sharing nothing with the index. */
function countSlowly(runs: readonly CensusRun[], patch: PatchRef, workflowType: string): PatchCountsTally {
  const open = runs.filter((run) => run.summary.workflowType === workflowType);
  const read = open.filter((run) => run.facts !== null);
  const own = (run: CensusRun) =>
    run.facts?.markers.filter((marker) => marker.kind === patch.kind && marker.id === patch.id) ?? [];
  const having = (test: (markers: readonly PatchMarker[]) => boolean) => read.filter((run) => test(own(run))).length;
  const versionOf = (markers: readonly PatchMarker[]) => Math.min(...markers.map((marker) => marker.version ?? NaN));
  const bare = read.filter((run) => own(run).length === 0);
  const versions = [-1, 1, 2, 3]
    .map((number) => ({
      version: number,
      openRuns: patch.kind === 'version' ? having((found) => found.length > 0 && versionOf(found) === number) : 0,
    }))
    .filter((entry) => entry.openRuns > 0);
  return {
    openRuns: open.length,
    live: having((found) => found.some((marker) => marker.deprecated === false)),
    deprecated: having((found) => found.length > 0 && found.every((marker) => marker.deprecated === true)),
    versions,
    withoutMarker: bare.filter((run) => run.facts?.unreadable.length === 0).length,
    unreadable: bare.filter((run) => run.facts?.unreadable.length !== 0).length,
    notRead: open.length - read.length,
    oldestOpenStartMs: open.length === 0 ? null : Math.min(...open.map((run) => run.summary.startTimeMs)),
  };
}

const anyMarker = fc.oneof(
  fc
    .record({ id: fc.constantFrom('p', 'q', 'q-1'), deprecated: fc.boolean() })
    .map((marker) => markerOf({ kind: 'core', ...marker })),
  fc
    .record({ id: fc.constantFrom('p', 'q'), version: fc.constantFrom(-1, 1, 2, 3) })
    .map((marker) => markerOf({ kind: 'version', ...marker })),
);

const anyRun = fc
  .record({
    workflowType: fc.constantFrom('A', 'B', 'constructor'),
    startTimeMs: fc.nat(1_000),
    labels: fc.array(fc.constantFrom('p', 'q-1', 'r', '__proto__')),
    isRead: fc.boolean(),
    markers: fc.array(anyMarker, { maxLength: 4 }),
    isUnreadable: fc.boolean(),
    sdkName: fc.constantFrom(null, 'temporal-go', 'temporal-python', 'constructor'),
  })
  .map(({ isRead, isUnreadable, markers, sdkName, ...summary }) =>
    runOf(
      summary,
      isRead
        ? { markers, sdkName, unreadable: isUnreadable ? [{ eventId: 1, reason: 'not-json' as const }] : [] }
        : null,
    ),
  );

const anyMemory = fc.array(
  fc.record({
    kind: fc.constantFrom('core' as const, 'version' as const),
    id: fc.constantFrom('p', 'gone'),
    workflowTypes: fc.array(fc.constantFrom('A', 'C')),
  }),
  { maxLength: 2 },
);

test('every count equals a slow count of the same runs, and no recorded patch is missing', { timeout: 30_000 }, () => {
  fc.assert(
    fc.property(fc.array(anyRun, { maxLength: 12 }), anyMemory, (runs, remembered) => {
      const patches = tally(runs, remembered);
      for (const patch of patches) {
        for (const { workflowType, counts } of patch.byType) {
          expect(counts).toEqual(countSlowly(runs, patch, workflowType));
        }
        for (const part of ['openRuns', 'live', 'deprecated', 'withoutMarker', 'unreadable', 'notRead'] as const) {
          expect(patch.totals[part]).toBe(patch.byType.reduce((sum, entry) => sum + entry.counts[part], 0));
        }
      }
      const listed = new Set(
        patches.flatMap((patch) => patch.byType.map((entry) => `${patch.kind} ${patch.id} ${entry.workflowType}`)),
      );
      for (const { summary, facts } of runs) {
        for (const marker of facts?.markers ?? []) {
          expect(listed).toContain(`${marker.kind} ${marker.id} ${summary.workflowType}`);
        }
      }
    }),
    { numRuns: 500 },
  );
});
