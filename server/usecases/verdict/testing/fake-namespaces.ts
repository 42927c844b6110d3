import type { RunSummary } from '#lib/domain/census/types.ts';
import type { HistoryEvent } from '#lib/domain/history/events.ts';
import type { Poller } from '#lib/domain/task-queues/types.ts';
import { CodedError } from '#server/errors.ts';
import type { ScheduleStart, TemporalPort } from '#server/temporal/port.ts';

export interface FakeRun {
  readonly summary: RunSummary;
  readonly events: readonly HistoryEvent[] | CodedError;
}

export interface FakeNamespaces {
  /** Its calls may be replaced by a test. */
  readonly port: { -readonly [Method in keyof TemporalPort]: TemporalPort[Method] };
  readonly add: (namespace: string, run: FakeRun) => void;
  readonly queries: string[];
  readonly historiesRead: string[];
  /** By task queue. */
  readonly pollers: Map<string, readonly Poller[]>;
  readonly schedules: ScheduleStart[];
  /** Runs on one page of a list that has so many: half of them unless a test says otherwise. */
  pageSize: (total: number) => number;
  /** Runs before each call; a test lets it refuse, wait or fail. */
  onCall: (what: { query?: string; runId?: string }, signal?: AbortSignal) => void | Promise<void>;
}

/** Visibility as SQLite has it: no regard to case, an error for a double quote, silently nothing for what the server escapes. */
export function createFakeNamespaces(): FakeNamespaces {
  const runs = new Map<string, FakeRun[]>();
  const absent = () => Promise.reject(new Error('the fake does not do this'));

  function found(namespace: string, query: string): readonly RunSummary[] {
    const label = literalAfter(query, 'TemporalChangeVersion = ');
    const type = literalAfter(query, 'WorkflowType = ');
    const since = literalAfter(query, 'StartTime >= ');
    const closedSince = literalAfter(query, 'CloseTime >= ');
    const otherQueues = [...query.matchAll(/TaskQueue != '((?:[^']|'')*)'/g)].map(([, name]) => name);
    return (runs.get(namespace) ?? [])
      .map((run) => run.summary)
      .filter(() => ![label, type].some((name) => /[\\\n]/.test(name ?? '')))
      .filter((run) => type === null || run.workflowType === type)
      .filter((run) => label === null || run.labels.some((own) => own.toLowerCase() === label.toLowerCase()))
      .filter((run) => !query.includes('TemporalChangeVersion IS NOT NULL') || run.labels.length > 0)
      .filter((run) => !query.includes('CloseTime IS NULL') || run.closeTimeMs === null)
      .filter((run) => !query.includes('CloseTime IS NOT NULL') || run.closeTimeMs !== null)
      .filter(
        (run) =>
          since === null ||
          run.startTimeMs >= Date.parse(since) ||
          (closedSince !== null && run.closeTimeMs !== null && run.closeTimeMs >= Date.parse(closedSince)),
      )
      .filter((run) => !otherQueues.includes(run.taskQueue));
  }

  const port: FakeNamespaces['port'] = {
    getServerInfo: absent,
    listNamespaces: absent,
    describeNamespace: async ({ namespace }) => ({ name: namespace, retentionMs: 86_400_000 }),
    probeFamilies: absent,
    getVersionSets: async () => ({ sets: [] }),
    updateVersionSets: absent,
    listPollers: async ({ taskQueue }) => fake.pollers.get(taskQueue) ?? [],
    getQueueRouting: async () => ({ current: null, ramping: null }),
    listSchedules: async ({ namespace }, options) => {
      await fake.onCall({ query: 'schedules' }, options?.signal);
      fake.queries.push(`schedules of ${namespace}`);
      return { schedules: fake.schedules, nextPageToken: new Uint8Array() };
    },
    describeSchedule: async ({ scheduleId }) => fake.schedules.find((known) => known.scheduleId === scheduleId) ?? null,
    getReachability: absent,
    getVersioningRules: absent,
    countRuns: async ({ namespace, query }) => {
      fake.queries.push(query);
      return found(namespace, query).length;
    },
    close: () => undefined,
    listRuns: async ({ namespace, query, pageToken }, options) => {
      fake.queries.push(query);
      await fake.onCall({ query }, options?.signal);
      if (literalAfter(query, 'TemporalChangeVersion = ')?.includes('"') === true)
        throw new CodedError('query-refused', 'unterminated string', '');
      const runs = found(namespace, query);
      // Several pages, so that nobody forgets the second.
      const from = pageToken === undefined ? 0 : Number(new TextDecoder().decode(pageToken));
      const size = fake.pageSize(runs.length);
      const nextPageToken = from + size < runs.length ? new TextEncoder().encode(`${from + size}`) : new Uint8Array();
      return { runs: runs.slice(from, from + size), nextPageToken };
    },
    readHistoryReverse: async (input, options) => {
      const page = await port.readHistory(input, options);
      return { ...page, events: page.events.toReversed() };
    },
    readHistory: async ({ namespace, runId }, options) => {
      fake.historiesRead.push(runId);
      await fake.onCall({ runId }, options?.signal);
      const run = runs.get(namespace)?.find((run) => run.summary.runId === runId);
      if (run === undefined) throw new CodedError('not-found', 'no such run', '');
      if (run.events instanceof CodedError) throw run.events;
      return { events: run.events, nextPageToken: new Uint8Array() };
    },
  };

  const fake: FakeNamespaces = {
    port,
    add: (namespace, run) => runs.set(namespace, [...(runs.get(namespace) ?? []), run]),
    queries: [],
    historiesRead: [],
    pollers: new Map(),
    schedules: [],
    pageSize: (total) => Math.max(1, Math.ceil(total / 2)),
    onCall: () => undefined,
  };
  return fake;
}

function literalAfter(query: string, words: string): string | null {
  const start = query.indexOf(words);
  if (start === -1) return null;
  const literal = /^'((?:[^'\\]|\\.|'')*)'/s.exec(query.slice(start + words.length))?.[1] ?? '';
  return literal.replaceAll("''", "'").replaceAll(/\\(.)/gs, '$1');
}
