import * as fc from 'fast-check';
import { describe, expect, expectTypeOf, it } from 'vitest';
import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import type { TaskFact } from '#lib/domain/census/types.ts';
import type { PatchMarker } from '#lib/domain/patches/types.ts';
import { judgePatch } from '#lib/domain/verdict/judge-patch.ts';
import type { PatchQuestion } from '#lib/domain/verdict/question.ts';
import { coreMarker, evidence, run, task, TYPESCRIPT_HASHED, versionMarker } from '#lib/domain/verdict/testing/runs.ts';
import type { Evidence, PatchVerdict } from '#lib/domain/verdict/types.ts';

const MANY = 5_000;

const questions: fc.Arbitrary<PatchQuestion> = fc.oneof(
  fc.constantFrom<PatchQuestion>({ name: 'deprecate' }, { name: 'remove' }),
  fc.record({
    name: fc.constantFrom('raise-min' as const, 'drop-call' as const),
    version: fc.integer({ min: -1, max: 3 }),
  }),
);
const ids = fc.constantFrom('p', 'p', 'p', 'P', 'p-1');
const types = fc.constantFrom('T', 'U');
const builds = fc.constantFrom(
  null,
  '',
  'v1',
  TYPESCRIPT_HASHED,
  '@temporalio/worker@1.24.0',
  'c0'.repeat(16),
  'c0'.repeat(20),
);
const sdks = fc.constantFrom(null, 'temporal-python', 'temporal-typescript', 'temporal-go');
const eventIds = fc.constantFrom(4, 10, 16);

const markers = fc.oneof(
  fc
    .record({ id: ids, deprecated: fc.boolean(), at: eventIds })
    .map(({ id, deprecated, at }) => coreMarker(id, deprecated, { workflowTaskCompletedEventId: at })),
  fc
    .record({ id: ids, version: fc.integer({ min: -1, max: 3 }), at: eventIds })
    .map(({ id, version, at }) => versionMarker(id, version, { workflowTaskCompletedEventId: at })),
);

const tasks = fc
  .array(
    fc.record({ buildId: builds, sdkName: sdks, dep: fc.constantFrom(undefined, 'd:v1', `d:${TYPESCRIPT_HASHED}`) }),
    { maxLength: 3 },
  )
  .chain((stamps) =>
    fc.boolean().map((isLastOpen) =>
      stamps.map(({ buildId, sdkName, dep }, index) =>
        task({
          buildId,
          sdkName,
          ...(dep === undefined ? {} : { deploymentVersion: dep }),
          startedEventId: 3 + 6 * index,
          completedEventId: isLastOpen && index === stamps.length - 1 ? null : 4 + 6 * index,
        }),
      ),
    ),
  );

const runs = fc
  .uniqueArray(
    fc.record({
      id: fc.integer({ min: 0, max: 99 }),
      type: types,
      startMs: fc.integer({ min: 0, max: 5 }),
      tasks,
      markers: fc.array(markers, { maxLength: 2 }),
      runLabels: fc.array(ids, { maxLength: 2 }),
      isUnread: fc.boolean(),
      isClosed: fc.constantFrom(false, false, false, false, false, true),
      unreadable: fc.constantFrom([], [], [], [{ eventId: 7, reason: 'encrypted-or-encoded' as const }]),
    }),
    { minLength: 1, maxLength: 10, selector: ({ id }) => id },
  )
  .map((drawn) =>
    drawn.map(({ id, ...changes }) => run(`r${id}`, { ...changes, isUnread: changes.isUnread && id % 3 === 0 })),
  );

const worlds: fc.Arbitrary<Evidence> = fc
  .record({
    question: questions,
    patchId: fc.constantFrom('p', 'p', 'p', 'p', 'p-1'),
    workflowType: fc.option(types),
    runs,
    isListComplete: fc.boolean(),
    unreadCode: fc.constantFrom('not-read-yet' as const, 'evidence-budget' as const),
    rememberedTypes: fc.option(fc.uniqueArray(types)),
    areBuildIdsDeclared: fc.constantFrom(false, false, true),
  })
  .map(({ runs, areBuildIdsDeclared, ...rest }) => evidence(runs, { ...rest, trust: { areBuildIdsDeclared } }));

/** Written from the rules' text alone, slow and plain: which runs block, by id. */
function blockingRunsByTheText(world: Evidence): readonly string[] {
  const kind = world.question.name === 'deprecate' || world.question.name === 'remove' ? 'core' : 'version';
  const own = (run: CensusRun): PatchMarker[] =>
    (run.facts?.markers ?? []).filter((m) => m.kind === kind && m.id === world.patchId);
  const open = world.runs.filter((run) => !(run.facts?.isClosed ?? false));
  const typeUsesPatch = (type: string) =>
    (world.rememberedTypes ?? []).some((known) => known === type) ||
    open.some((run) => run.summary.workflowType === type && own(run).length > 0);
  const namesOneCode = (task: TaskFact) => {
    if (world.trust.areBuildIdsDeclared) return true;
    const id = task.worker.deploymentVersion?.split(':')[1] ?? task.worker.buildId ?? '';
    const isHex = id.split('').every((digit) => '0123456789abcdef'.includes(digit));
    if (isHex && id.length === 32) return task.sdkName === 'temporal-go';
    const [program, hash] = id.split('+');
    return (program ?? '').startsWith('@temporalio/worker@') && hash?.length === 64;
  };
  const result: string[] = [];
  for (const run of open) {
    if (world.workflowType !== null && run.summary.workflowType !== world.workflowType) continue;
    if (run.facts === null || run.facts.unreadable.length > 0) continue;
    const { question } = world;
    let blocks = false;
    if (question.name === 'remove') blocks = own(run).some((m) => m.deprecated === false);
    if (question.name === 'raise-min') blocks = own(run).some((m) => Number(m.version) < question.version);
    if (question.name === 'drop-call') blocks = own(run).some((m) => Number(m.version) !== question.version);
    if (question.name === 'deprecate' && own(run).length === 0 && typeUsesPatch(run.summary.workflowType)) {
      // A trusted worker that completed the last task may be a deprecator: the run may have survived.
      const completed = run.facts.tasks.filter((task) => task.completedEventId !== null);
      const lastCompleted = completed[completed.length - 1];
      const maySurvive = lastCompleted !== undefined && namesOneCode(lastCompleted);
      blocks = !maySurvive && !run.facts.tasks.every(namesOneCode);
    }
    if (blocks) result.push(run.summary.runId);
  }
  return result.sort();
}

const BLOCKING = new Set<string>(['marker-live', 'may-hold-old-branch', 'version-below-min', 'version-differs']);

function blockingExamples(verdict: PatchVerdict): readonly string[] {
  return verdict.reasons
    .filter((reason) => BLOCKING.has(reason.code))
    .flatMap((reason) => reason.examples.map((example) => example.runId))
    .sort();
}

describe('the first form of the verdict', () => {
  it('has no word for safe', () => {
    expectTypeOf<PatchVerdict['answer']>().toEqualTypeOf<'blocked' | 'unknown'>();
    fc.assert(
      fc.property(worlds, (world) => {
        const verdict = judgePatch(world);
        expect(['blocked', 'unknown']).toContain(verdict.answer);
        expect(verdict.reasons.map((reason) => reason.code)).toContain('rule-not-built');
      }),
      { numRuns: MANY },
    );
  });

  it('is blocked exactly by the runs that the rules name', () => {
    let blocked = 0;
    fc.assert(
      fc.property(worlds, (world) => {
        const expected = blockingRunsByTheText(world);
        const verdict = judgePatch(world);
        if (expected.length > 0) blocked += 1;
        expect(verdict.answer).toBe(expected.length > 0 ? 'blocked' : 'unknown');
        expect(blockingExamples(verdict)).toEqual(expected);
        expect(verdict.wait === null).toBe(expected.length === 0);
      }),
      { numRuns: MANY },
    );
    // The worlds are worth something only when both answers are common.
    expect(blocked).toBeGreaterThan(MANY * 0.15);
    expect(blocked).toBeLessThan(MANY * 0.85);
  });

  it('never clears or blocks by a run with an undecodable marker', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const unreadable = world.runs.map((run) =>
          run.facts === null
            ? run
            : { ...run, facts: { ...run.facts, unreadable: [{ eventId: 9, reason: 'not-json' as const }] } },
        );
        const verdict = judgePatch({ ...world, runs: unreadable });
        expect(verdict.answer).toBe('unknown');
        expect(verdict.classes.unknown).toBe(verdict.runsConsidered);
      }),
      { numRuns: MANY / 5 },
    );
  });

  it('does not depend on the order of the runs', () => {
    fc.assert(
      fc.property(worlds, fc.infiniteStream(fc.nat()), (world, keys) => {
        const shuffled = world.runs.map((run) => [keys.next().value ?? 0, run] as const).sort(([a], [b]) => a - b);
        expect(judgePatch({ ...world, runs: shuffled.map(([, run]) => run) })).toEqual(judgePatch(world));
      }),
      { numRuns: MANY / 5 },
    );
  });

  it('stays blocked whatever runs are added', () => {
    fc.assert(
      fc.property(worlds, runs, (world, more) => {
        const known = new Set(world.runs.map((run) => run.summary.runId));
        const added = more.filter((run) => !known.has(run.summary.runId));
        const before = judgePatch(world).answer;
        const after = judgePatch({ ...world, runs: [...world.runs, ...added] }).answer;
        expect(before === 'blocked' && after === 'unknown').toBe(false);
      }),
      { numRuns: MANY / 5 },
    );
  });
});
