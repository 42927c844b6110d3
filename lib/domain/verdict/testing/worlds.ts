import * as fc from 'fast-check';
import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import type { TaskFact } from '#lib/domain/census/types.ts';
import type { DeclaredFact } from '#lib/domain/verdict/declared-facts.ts';
import type { PatchQuestion } from '#lib/domain/verdict/question.ts';
import { evidence, typeEvidence, worker } from '#lib/domain/verdict/testing/evidence.ts';
import {
  allOn,
  build,
  callbackInUse,
  callOf,
  callsTogether,
  confirmed,
  deployment,
  fact,
  floor,
  manifest,
  noCallback,
  oneCode,
  proof,
  typesUsing,
  versionFloor,
  versionOf,
} from '#lib/domain/verdict/testing/facts.ts';
import {
  at,
  coreMarker,
  HOUR_MS,
  PATCH,
  run,
  tasks,
  TYPESCRIPT_HASHED,
  versionMarker,
} from '#lib/domain/verdict/testing/runs.ts';
import type { Evidence, TypeEvidence, WorkerSeen } from '#lib/domain/verdict/types.ts';

const questions: fc.Arbitrary<PatchQuestion> = fc.oneof(
  fc.constantFrom<PatchQuestion>({ name: 'deprecate' }, { name: 'remove' }),
  fc.record({
    name: fc.constantFrom('raise-min' as const, 'drop-call' as const),
    version: fc.constantFrom(1, 2, 2, 3),
  }),
);

const TYPES = ['T', 'U'] as const;
const buildIds = fc.constantFrom('v1', 'v2', 'v2', 'v3', 'v3', TYPESCRIPT_HASHED, null);
const ids = fc.constantFrom(PATCH, PATCH, PATCH, 'MY-PATCH', 'other');

const wildTasks: fc.Arbitrary<readonly TaskFact[]> = fc
  .array(
    fc.record({
      buildId: buildIds,
      sdkName: fc.constantFrom('temporal-python', 'temporal-python', 'temporal-typescript', null),
      sdkVersion: fc.constantFrom('1', '1', '1', '1', '2', null),
      deploymentVersion: fc.constantFrom(null, null, null, 'd:v3'),
      lateMs: fc.constantFrom(0, 0, 2 * HOUR_MS),
    }),
    { maxLength: 4 },
  )
  .chain((stamps) =>
    fc.boolean().map((isLastOpen) => {
      const each = tasks(
        ...stamps.map(({ lateMs, ...stamp }, index) => ({ ...stamp, timeMs: 1_000 * index + lateMs })),
      );
      return each.map((own, index) =>
        isLastOpen && index === each.length - 1 ? { ...own, completedEventId: null } : own,
      );
    }),
  );

export const wildMarkers = fc.oneof(
  fc
    .record({ id: ids, isDeprecated: fc.boolean(), by: fc.nat(3) })
    .map(({ id, isDeprecated, by }) => coreMarker(id, isDeprecated, at(by))),
  fc
    .record({ id: ids, version: fc.integer({ min: -1, max: 3 }), by: fc.nat(3) })
    .map(({ id, version, by }) => versionMarker(id, version, at(by))),
);

type Draft = Parameters<typeof run>[1];

const wildRuns: fc.Arbitrary<Draft> = fc.record({
  tasks: wildTasks,
  markers: fc.array(wildMarkers, { maxLength: 2 }),
  runLabels: fc.array(ids, { maxLength: 2 }),
  isUnread: fc.constantFrom(false, false, false, false, false, false, true),
  isClosed: fc.constantFrom(false, false, false, false, true),
  pinnedByWorker: fc.constantFrom(null, null, null, 'd:v1', 'd:v3'),
  unreadable: fc.constantFrom([], [], [], [], [], [{ eventId: 7, reason: 'encrypted-or-encoded' as const }]),
  endsByMs: fc.constantFrom(null, 5_000, 9_000),
});

const tidyRuns: fc.Arbitrary<Draft> = fc
  .record({ isNew: fc.boolean(), isWritten: fc.boolean(), length: fc.integer({ min: 0, max: 3 }) })
  .map(({ isNew, isWritten, length }) => {
    const own = tasks(...Array.from({ length }, () => (isNew ? 'v3' : 'v2')));
    const markers = [coreMarker(PATCH, isNew), versionMarker(PATCH, 2)];
    return { tasks: own, markers: isWritten && length > 0 ? markers : [] };
  });

function runsFrom(drafts: fc.Arbitrary<Draft>, prefix: string): fc.Arbitrary<readonly CensusRun[]> {
  return fc
    .array(fc.record({ draft: drafts, type: fc.constantFrom(...TYPES), startMs: fc.nat(5) }), { maxLength: 5 })
    .map((drawn) =>
      drawn.map(({ draft, type, startMs }, index) => run(`${prefix}${index}`, { ...draft, type, startMs })),
    );
}

export const moreRuns = runsFrom(wildRuns, 'more');

export const workers: fc.Arbitrary<WorkerSeen> = fc
  .record({
    buildId: buildIds,
    deploymentVersion: fc.constantFrom(null, null, null, 'd:v1', 'd:v3'),
    isRouted: fc.constantFrom(false, false, false, true),
    lastPollMs: fc.nat(9),
  })
  .map(({ buildId, ...changes }) => worker(buildId, changes));

/** What makes records count; none of them says anything of a single code. */
const plainFacts: readonly DeclaredFact[] = [oneCode(), oneCode('queue'), noCallback, callsTogether, callbackInUse];

const wildFacts: readonly DeclaredFact[] = [
  ...plainFacts,
  allOn(500),
  confirmed(build('v2')),
  confirmed(build('v3')),
  manifest(build('v1'), [callOf('none')]),
  manifest(build('v1'), [callOf('patched'), versionOf(2)], 7),
  manifest(build('v1'), [callOf('deprecate-patch'), versionOf(3)], 7),
  manifest(deployment('d:v3'), [callOf('deprecate-patch'), callOf('patched', 'U')]),
  floor('patched', { sinceMs: 1_000 }),
  floor('deprecate-patch', { sinceMs: 2_000 }),
  versionFloor(1),
  versionFloor(2, { sinceMs: 1_000 }),
  proof('r0', 10, { name: 'remove' }),
  proof('r1', 100, { name: 'deprecate' }),
  typesUsing(['T']),
  fact({ kind: 'queues', workflowType: 'T', taskQueues: ['queue'] }),
];

interface WorldShape {
  /** Only facts that say how records count: no manifest, floor, proof or list. */
  readonly arePlain?: boolean;
}

/**
 * Arbitrary evidence, whether or not any workers could leave it: what a verdict may say must hold for all. Half of the worlds are
 * tidy: `v2` writes live, `v3` deprecated and version 2, nothing is missing. Else no answer but `blocked` would be common.
 */
export function worlds({ arePlain = false }: WorldShape = {}): fc.Arbitrary<Evidence> {
  const pool = arePlain ? plainFacts : wildFacts;
  const usual = fc.constantFrom(true, true, true, true, true, true, true, false);
  const flags = fc.record({
    isListComplete: usual,
    areQueuesKnown: usual,
    areWorkersWatched: usual,
    areTypesKnown: usual,
  });
  const wild = fc.record({
    runs: runsFrom(fc.oneof(wildRuns, tidyRuns), 'r'),
    witnesses: runsFrom(fc.oneof(wildRuns, tidyRuns), 'w'),
    workers: fc.array(workers, { maxLength: 3 }),
    facts: fc.subarray([...pool]),
    flags,
  });
  const tidy = fc.record({
    runs: runsFrom(tidyRuns, 'r'),
    witnesses: fc.constant([
      run('w2', { tasks: tasks('v2'), markers: [coreMarker(PATCH, false)] }),
      run('w3', { tasks: tasks('v3'), markers: [coreMarker(PATCH, true), versionMarker(PATCH, 2)] }),
    ]),
    workers: fc.constantFrom([worker('v3')], [worker('v3')], [worker('v3'), worker('v2')]),
    facts: fc.constantFrom([oneCode(), noCallback, callsTogether], [oneCode(), noCallback, callsTogether], [oneCode()]),
    flags: fc.constant({ isListComplete: true, areQueuesKnown: true, areWorkersWatched: true, areTypesKnown: true }),
  });
  return fc
    .record({
      question: questions,
      policy: fc.constantFrom('open' as const, 'open' as const, 'retention' as const),
      isFenced: fc.constantFrom(false, false, false, true),
      parts: fc.oneof(wild, tidy),
    })
    .map(({ question, policy, isFenced, parts }) => {
      const { runs, witnesses, workers: polling, facts, flags: known } = parts;
      const { areTypesKnown, ...ofType } = known;
      const types = TYPES.map((workflowType) =>
        typeEvidence({
          workflowType,
          runs: runs.filter((own) => own.summary.workflowType === workflowType),
          // A type with witnesses of its own would seldom be safe.
          witnesses: witnesses.map((own) => ({ ...own, summary: { ...own.summary, workflowType } })),
          workers: polling,
          isRemembered: true,
          ...ofType,
        }),
      );
      const target = isFenced ? { build: 'd:v3', setsByQueue: new Map() } : null;
      return evidence({ question, policy, types, facts, areTypesKnown, ...(target && { target }) });
    });
}

/** The same evidence with each type changed. */
export function withTypes(world: Evidence, change: (type: TypeEvidence) => TypeEvidence): Evidence {
  return { ...world, types: world.types.map(change) };
}

/** The same evidence with each run changed, judged or not. */
export function withRuns(world: Evidence, change: (run: CensusRun) => CensusRun): Evidence {
  return withTypes(world, (type) => ({ ...type, runs: type.runs.map(change), witnesses: type.witnesses.map(change) }));
}
