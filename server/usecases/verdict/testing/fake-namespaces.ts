import type { RunSummary } from '#lib/domain/census/types.ts';
import type { HistoryEvent } from '#lib/domain/history/events.ts';
import { CodedError } from '#server/errors.ts';
import type { TemporalPort } from '#server/temporal/port.ts';

export interface FakeRun {
  readonly summary: RunSummary;
  readonly events: readonly HistoryEvent[] | CodedError;
}

export interface FakeNamespaces {
  readonly port: TemporalPort;
  readonly add: (namespace: string, run: FakeRun) => void;
  readonly queries: string[];
  readonly historiesRead: string[];
  /** Runs before each call; a test lets it refuse, wait or fail. */
  onCall: (what: { query?: string; runId?: string }, signal?: AbortSignal) => void | Promise<void>;
}

/** Visibility as SQLite has it: no regard to case, an error for a double quote, silently nothing for what the server escapes. */
export function createFakeNamespaces(): FakeNamespaces {
  const runs = new Map<string, FakeRun[]>();
  const absent = () => Promise.reject(new Error('the fake does not do this'));
  const more = new TextEncoder().encode('more');

  const port: TemporalPort = {
    getServerInfo: absent,
    listNamespaces: absent,
    describeNamespace: absent,
    probeFamilies: absent,
    getVersionSets: absent,
    updateVersionSets: absent,
    listPollers: absent,
    getReachability: absent,
    countRuns: absent,
    readHistoryReverse: absent,
    close: () => undefined,
    listRuns: async ({ namespace, query, pageToken }, options) => {
      fake.queries.push(query);
      await fake.onCall({ query }, options?.signal);
      const label = literalAfter(query, 'TemporalChangeVersion = ');
      if (label?.includes('"') === true) throw new CodedError('query-refused', 'unterminated string', '');
      const type = literalAfter(query, 'WorkflowType = ');
      const found = (runs.get(namespace) ?? [])
        .map((run) => run.summary)
        .filter(() => ![label, type].some((name) => /[\\\n]/.test(name ?? '')))
        .filter((run) => type === null || run.workflowType === type)
        .filter((run) => label === null || run.labels.some((own) => own.toLowerCase() === label.toLowerCase()))
        .filter((run) => !query.includes('IS NOT NULL') || run.labels.length > 0);
      // Two pages, so that nobody forgets the second.
      const half = Math.ceil(found.length / 2);
      return pageToken === undefined && found.length > half
        ? { runs: found.slice(0, half), nextPageToken: more }
        : { runs: pageToken === undefined ? found : found.slice(half), nextPageToken: new Uint8Array() };
    },
    readHistory: async ({ namespace, runId }, options) => {
      fake.historiesRead.push(runId);
      await fake.onCall({ runId }, options?.signal);
      const found = runs.get(namespace)?.find((run) => run.summary.runId === runId);
      if (found === undefined) throw new CodedError('not-found', 'no such run', '');
      if (found.events instanceof CodedError) throw found.events;
      return { events: found.events, nextPageToken: new Uint8Array() };
    },
  };

  const fake: FakeNamespaces = {
    port,
    add: (namespace, run) => runs.set(namespace, [...(runs.get(namespace) ?? []), run]),
    queries: [],
    historiesRead: [],
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
