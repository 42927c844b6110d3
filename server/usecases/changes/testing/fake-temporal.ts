import type { Poller } from '#lib/domain/task-queues/types.ts';
import type { VersionSetOperation } from '#lib/domain/version-sets/types.ts';
import { CodedError } from '#server/errors.ts';
import type { Reachability, TemporalPort, VersioningRules } from '#server/temporal/port.ts';
import { createStampedSets, type StampedSets } from '#server/usecases/changes/testing/stamped-sets.ts';

/** How the fake treats the next writes; the default is honest. */
export type WriteFault =
  | 'none'
  | 'lies'
  | 'finds-no-way'
  | 'loses-the-request'
  | 'loses-the-reply'
  | 'lands-late'
  | 'refuses'
  | 'is-rate-limited';

export interface FakeTemporal {
  readonly port: TemporalPort;
  readonly sets: (taskQueue: string) => StampedSets;
  readonly pollers: Poller[];
  /** Operations that were sent, whatever became of them. */
  readonly writes: VersionSetOperation[];
  readonly queries: string[];
  fault: WriteFault;
  /** Runs inside a write call before, or after, it is applied: another writer. */
  beforeWrite: () => void;
  afterWrite: () => void;
  /** Set: every read of the sets fails with it. */
  readFailure: CodedError | null;
  /** Runs before each reading of the sets. */
  onRead: () => void | Promise<void>;
  countRuns: (query: string) => number;
  /** Set to a failure: the call fails with it. */
  rules: VersioningRules | CodedError;
  reachability: (buildId: string) => readonly Reachability[] | CodedError;
  /** Calls that not every plan makes, as `rules` or `reachability:a,b`. */
  readonly asked: string[];
  /** How long a late write takes to land. */
  lateMs: number;
}

function orThrow<T>(value: T | CodedError): T {
  if (value instanceof CodedError) throw value;
  return value;
}

const lost = () => new CodedError('ambiguous-write', 'The reply was lost.', 'Read.');

/** An in-memory Temporal with one namespace of version sets, and the faults that matter to a write. */
export function createFakeTemporal(): FakeTemporal {
  const queues = new Map<string, StampedSets>();
  const sets = (taskQueue: string) => {
    const known = queues.get(taskQueue) ?? createStampedSets();
    queues.set(taskQueue, known);
    return known;
  };
  const absent = () => Promise.reject(new Error('the fake does not do this'));

  async function write(taskQueue: string, operation: VersionSetOperation): Promise<void> {
    fake.writes.push(operation);
    const land = () => {
      fake.beforeWrite();
      sets(taskQueue).apply(operation);
      fake.afterWrite();
    };
    switch (fake.fault) {
      case 'none':
        return land();
      case 'lies':
        return;
      case 'finds-no-way':
        throw new CodedError('temporal-unreachable', 'connect ECONNREFUSED', '');
      case 'loses-the-request':
        throw lost();
      case 'loses-the-reply':
        land();
        throw lost();
      case 'lands-late':
        setTimeout(land, fake.lateMs);
        throw lost();
      case 'refuses':
        throw new CodedError('refused', 'update would exceed a limit (11/10)', '');
      case 'is-rate-limited':
        throw new CodedError('rate-limited', 'namespace rate limit exceeded', '');
    }
  }

  const port: TemporalPort = {
    getServerInfo: absent,
    listNamespaces: absent,
    describeNamespace: absent,
    probeFamilies: absent,
    listRuns: absent,
    readHistory: absent,
    readHistoryReverse: absent,
    close: () => undefined,
    getVersionSets: async ({ taskQueue }, options) => {
      await fake.onRead();
      if (options?.signal?.aborted) throw new CodedError('aborted', 'aborted', '');
      if (fake.readFailure) throw fake.readFailure;
      return sets(taskQueue).read();
    },
    updateVersionSets: async ({ taskQueue, operation }) => write(taskQueue, operation),
    listPollers: async () => [...fake.pollers],
    getVersioningRules: async () => {
      fake.asked.push('rules');
      return orThrow(fake.rules);
    },
    getReachability: async ({ buildIds }) => {
      fake.asked.push(`reachability:${buildIds.join()}`);
      return new Map(buildIds.map((buildId) => [buildId, orThrow(fake.reachability(buildId))]));
    },
    getQueueRouting: absent,
    listSchedules: absent,
    describeSchedule: absent,
    countRuns: async ({ query }) => {
      fake.queries.push(query);
      return fake.countRuns(query);
    },
  };

  const fake: FakeTemporal = {
    port,
    sets,
    pollers: [],
    writes: [],
    queries: [],
    fault: 'none',
    beforeWrite: () => undefined,
    afterWrite: () => undefined,
    readFailure: null,
    onRead: () => undefined,
    countRuns: () => 0,
    rules: { assignment: 0, redirect: 0 },
    reachability: () => [],
    asked: [],
    lateMs: 0,
  };
  return fake;
}
