import type { RunSummary } from '#lib/domain/census/types.ts';
import type { HistoryEvent } from '#lib/domain/history/events.ts';
import { CodedError } from '#server/errors.ts';
import type { TestClock } from '#server/census/testing/test-clock.ts';
import type { TemporalPort } from '#server/temporal/port.ts';

type Method = 'listRuns' | 'readHistory' | 'readHistoryReverse';

export interface FakeRun {
  summary: RunSummary;
  readonly events: HistoryEvent[];
}

/** The part of Temporal that a census reads, in memory: namespaces of runs, pages, latency, and faults. */
export interface FakeTemporal {
  readonly port: TemporalPort;
  /** Open runs by namespace, in listing order. A namespace that is not here is unknown. */
  readonly namespaces: Map<string, FakeRun[]>;
  readonly calls: { readonly method: Method; readonly namespace: string; readonly runId: string; atMs: number }[];
  /** Runs before each call; may throw, change the runs, or wait. */
  before: (method: Method, namespace: string, runId: string) => void | Promise<void>;
  runsPerPage: number;
  eventsPerPage: number;
  latencyMs: number;
  /** History calls under way at most at one time so far. */
  mostUnderWay: number;
}

export function createFakeTemporal(clock: TestClock): FakeTemporal {
  let underWay = 0;
  const absent = () => Promise.reject(new Error('the fake does not do this'));

  async function call<T>(
    method: Method,
    input: { namespace: string; runId?: string },
    signal: AbortSignal | undefined,
    answer: (runs: readonly FakeRun[]) => T,
  ): Promise<T> {
    const { namespace, runId = '' } = input;
    if (signal?.aborted) throw new CodedError('aborted', 'aborted', '');
    fake.calls.push({ method, namespace, runId, atMs: clock.elapsedMs() });
    if (method !== 'listRuns') underWay += 1;
    fake.mostUnderWay = Math.max(fake.mostUnderWay, underWay);
    try {
      if (fake.latencyMs > 0) await clock.sleep(fake.latencyMs, signal);
      await fake.before(method, namespace, runId);
      const runs = fake.namespaces.get(namespace);
      if (!runs) throw new CodedError('namespace-not-found', `There is no namespace ${namespace}.`, 'Check the name.');
      return answer(runs);
    } finally {
      if (method !== 'listRuns') underWay -= 1;
    }
  }

  const history =
    (method: 'readHistory' | 'readHistoryReverse'): TemporalPort['readHistory'] =>
    (input, options) =>
      call(method, input, options?.signal, (runs) => {
        const run = runs.find((candidate) => candidate.summary.runId === input.runId);
        if (!run) throw new CodedError('not-found', 'There is no such run.', 'It may have been deleted.');
        const events = method === 'readHistory' ? run.events : run.events.toReversed();
        const page = pageOf(events, fake.eventsPerPage, input.pageToken);
        return { events: page.items, nextPageToken: page.nextPageToken };
      });

  const fake: FakeTemporal = {
    namespaces: new Map(),
    calls: [],
    before: () => undefined,
    runsPerPage: 2,
    eventsPerPage: 3,
    latencyMs: 0,
    mostUnderWay: 0,
    port: {
      getServerInfo: absent,
      listNamespaces: absent,
      describeNamespace: absent,
      probeFamilies: absent,
      getVersionSets: absent,
      updateVersionSets: absent,
      listPollers: absent,
      getQueueRouting: absent,
      listSchedules: absent,
      describeSchedule: absent,
      getReachability: absent,
      getVersioningRules: absent,
      countRuns: absent,
      listRuns: (input, options) =>
        call('listRuns', input, options?.signal, (runs) => {
          const page = pageOf(
            runs.map((run) => run.summary),
            fake.runsPerPage,
            input.pageToken,
          );
          return { runs: page.items, nextPageToken: page.nextPageToken };
        }),
      readHistory: history('readHistory'),
      readHistoryReverse: history('readHistoryReverse'),
      close: () => undefined,
    },
  };
  return fake;
}

function pageOf<T>(items: readonly T[], size: number, token: Uint8Array | undefined) {
  const from = token === undefined ? 0 : Number(new TextDecoder().decode(token));
  const end = from + size;
  return {
    items: items.slice(from, end),
    nextPageToken: end < items.length ? new TextEncoder().encode(String(end)) : new Uint8Array(),
  };
}
