/**
 * The claim: the pure model of version sets and a real server agree on every random operation: next state, no-op or error code.
 * Temporal's own client does and reads everything here; the model only foretells. Exit code 0 only when they never differed.
 */
import { parseArgs } from 'node:util';
import { status } from '@grpc/grpc-js';
import { Connection, isGrpcServiceError } from '@temporalio/client';
import * as fc from 'fast-check';
import { LIFTED, WRITES_LIFTED } from '#e2e/harness/lifted-limits.ts';
import { startTemporalServer } from '#e2e/harness/temporal-server.ts';
import { applyOperation } from '#lib/domain/version-sets/apply-operation.ts';
import { isResultOf } from '#lib/domain/version-sets/is-result-of.ts';
import { areSameSets } from '#lib/domain/version-sets/queries.ts';
import type { VersionSetOperation, VersionSetOperationKind, VersionSets } from '#lib/domain/version-sets/types.ts';

/** Each operation × outcome is met this often, and this many operations are done at least; the most ends an unlucky seed. */
const TIMES_EACH = 20;
const OPERATIONS_MIN = 1_000;
const OPERATIONS_MAX = 5_000;
/** A queue is left for a fresh one after so many: build IDs cannot be removed, so old queues only meet limits. */
const OPERATIONS_A_QUEUE = 40;

/** Lowered on the server as in the model, so that random sequences reach them. */
const LIMITS = { sets: 3, buildIds: 4, buildIdBytes: 255 };
const SERVER_LIMITS = {
  'limit.versionCompatibleSetLimitPerQueue': LIMITS.sets,
  'limit.versionBuildIdLimitPerQueue': LIMITS.buildIds,
  'limit.taskQueuesPerBuildId': LIFTED,
  ...WRITES_LIFTED,
};

const OUTCOMES: Readonly<Record<VersionSetOperationKind, readonly string[]>> = {
  'add-new-default': ['changed', 'no-op', 'invalid-argument', 'failed-precondition'],
  'add-new-compatible': ['changed', 'no-op', 'not-found', 'invalid-argument', 'failed-precondition'],
  'promote-set': ['changed', 'no-op', 'not-found', 'invalid-argument'],
  'promote-within-set': ['changed', 'no-op', 'not-found', 'invalid-argument'],
  'merge-sets': ['changed', 'no-op', 'not-found'],
};

const CODES: Readonly<Partial<Record<status, string>>> = {
  [status.INVALID_ARGUMENT]: 'invalid-argument',
  [status.NOT_FOUND]: 'not-found',
  [status.FAILED_PRECONDITION]: 'failed-precondition',
};

const known = fc.constantFrom('a', 'b', 'c', 'd', 'é "x"\n');
const buildId = fc.oneof(
  { weight: 14, arbitrary: known },
  { weight: 1, arbitrary: fc.constantFrom('nobody', 'x'.repeat(256), 'ü'.repeat(128)) },
);
const addCompatible = fc.record({
  kind: fc.constant('add-new-compatible' as const),
  newBuildId: buildId,
  existingBuildId: buildId,
  asQueueDefault: fc.boolean(),
});
const operation: fc.Arbitrary<VersionSetOperation> = fc.oneof(
  fc.record({ kind: fc.constant('add-new-default' as const), buildId }),
  { weight: 2, arbitrary: addCompatible },
  fc.record({ kind: fc.constant('promote-set' as const), buildId }),
  fc.record({ kind: fc.constant('promote-within-set' as const), buildId }),
  fc.record({ kind: fc.constant('merge-sets' as const), primaryBuildId: buildId, secondaryBuildId: buildId }),
);

const { values } = parseArgs({ options: { seed: { type: 'string' } } });
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));
await using server = await startTemporalServer({ version: 'newest', dynamicConfig: SERVER_LIMITS });
const connection = await Connection.connect({ address: server.address });
const tally = new Map<string, number>();
const differences: string[] = [];

for (let done = 0; done < OPERATIONS_MAX && !isEnough(done); done += OPERATIONS_A_QUEUE) {
  const taskQueue = `model-${done}`;
  let before = await readSets(taskQueue);
  for (const next of fc.sample(operation, { seed: seed + done, numRuns: OPERATIONS_A_QUEUE })) {
    const said = applyOperation(before, next, LIMITS);
    const foretold = said.kind === 'refused' ? said.code : said.kind;
    const refused = await perform(taskQueue, next);
    const after = await readSets(taskQueue);
    const isAsSaid = said.kind === 'changed' ? isResultOf(before, next, after) : areSameSets(before, after);
    if (refused !== (said.kind === 'refused' ? said.code : null) || !isAsSaid) {
      differences.push(JSON.stringify({ before, next, foretold, refused, after }));
    }
    const key = `${next.kind} ${foretold}`;
    tally.set(key, (tally.get(key) ?? 0) + 1);
    before = after;
  }
}
await connection.close();

const total = tally.values().reduce((sum, count) => sum + count, 0);
console.log(`Temporal 1.32.0, seed ${seed}: ${total} random operations, ${differences.length} differences`);
for (const [key, count] of [...tally].toSorted(([a], [b]) => a.localeCompare(b)))
  console.log(`  ${key.padEnd(40)} ${String(count).padStart(5)}`);
for (const difference of differences.slice(0, 10)) console.log(`DIFFERENCE ${difference}`);
const missing = missingOutcomes();
for (const key of missing) console.log(`MET TOO SELDOM ${key}: ${tally.get(key) ?? 0} of ${TIMES_EACH}`);
process.exitCode = differences.length === 0 && missing.length === 0 && total >= OPERATIONS_MIN ? 0 : 1;

function isEnough(done: number): boolean {
  return done >= OPERATIONS_MIN && missingOutcomes().length === 0;
}

function missingOutcomes(): string[] {
  return Object.entries(OUTCOMES)
    .flatMap(([kind, outcomes]) => outcomes.map((outcome) => `${kind} ${outcome}`))
    .filter((key) => (tally.get(key) ?? 0) < TIMES_EACH);
}

async function readSets(taskQueue: string): Promise<VersionSets> {
  const answer = await connection.workflowService.getWorkerBuildIdCompatibility({ namespace: 'default', taskQueue });
  return { sets: (answer.majorVersionSets ?? []).map((set) => ({ buildIds: set.buildIds ?? [] })) };
}

/** @returns the error's code, null for success */
async function perform(taskQueue: string, next: VersionSetOperation): Promise<string | null> {
  try {
    await connection.workflowService.updateWorkerBuildIdCompatibility({
      namespace: 'default',
      taskQueue,
      ...request(next),
    });
    return null;
  } catch (error) {
    if (isGrpcServiceError(error)) return CODES[error.code] ?? `gRPC ${error.code}: ${error.details}`;
    throw error;
  }
}

/** Fields of UpdateWorkerBuildIdCompatibilityRequest, written here a second time on purpose. */
function request(next: VersionSetOperation) {
  switch (next.kind) {
    case 'add-new-default':
      return { addNewBuildIdInNewDefaultSet: next.buildId };
    case 'add-new-compatible':
      return {
        addNewCompatibleBuildId: {
          newBuildId: next.newBuildId,
          existingCompatibleBuildId: next.existingBuildId,
          makeSetDefault: next.asQueueDefault,
        },
      };
    case 'promote-set':
      return { promoteSetByBuildId: next.buildId };
    case 'promote-within-set':
      return { promoteBuildIdWithinSet: next.buildId };
    case 'merge-sets':
      return { mergeSets: { primarySetBuildId: next.primaryBuildId, secondarySetBuildId: next.secondaryBuildId } };
  }
}
