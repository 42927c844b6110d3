import type { PatchRef } from '#lib/domain/patches/types.ts';
import type { PatchSample, Remembered, RememberedRun, Store, StoredAnswer, StoredFact } from '#server/store/port.ts';
import { createStore } from '#server/store/store.ts';

type PatchOfType = PatchRef & { readonly workflowType: string };

/** A store without a disk for tests of what stands above it; it keeps the port's promises except the limits of age. */
export function createMemoryStore(): Store {
  return {
    ...memoryOfSeen(),
    ...memoryOfFacts(),
    ...memoryOfRuns(),
    ...memoryOfAnswers(),
    ...memoryOfSamples(),
    ...recordInMemory(),
  };
}

/** The record is the real one, opened when it is first used: its promises are too many to be kept twice. */
function recordInMemory(): Pick<Store, 'record' | 'close'> {
  let opened: Promise<Store> | undefined;
  const real = async () => (await (opened ??= createStore(':memory:'))).record;
  return {
    record: {
      begin: async (...input) => (await real()).begin(...input),
      append: async (...input) => (await real()).append(...input),
      entriesOf: async (...input) => (await real()).entriesOf(...input),
      findByKey: async (...input) => (await real()).findByKey(...input),
      list: async (...input) => (await real()).list(...input),
      head: async () => (await real()).head(),
      renewClaims: async (...input) => (await real()).renewClaims(...input),
      takeQueue: async (...input) => (await real()).takeQueue(...input),
      mayStillWrite: async (...input) => (await real()).mayStillWrite(...input),
      takeOver: async (...input) => (await real()).takeOver(...input),
      observe: async (...input) => (await real()).observe(...input),
      listSeen: async (...input) => (await real()).listSeen(...input),
      savePlan: async (...input) => (await real()).savePlan(...input),
      findPlan: async (...input) => (await real()).findPlan(...input),
    },
    close: async () => (await opened)?.close(),
  };
}

type SeenPart = 'rememberTaskQueues' | 'listTaskQueues' | 'rememberPatches' | 'listPatches';

function memoryOfSeen(): Pick<Store, SeenPart> {
  const queues = keyed<Remembered & { readonly name: string }>();
  const patches = keyed<Remembered & PatchOfType>();
  return {
    rememberTaskQueues: async (namespace, names, atMs) => {
      for (const name of names) queues.put(namespace, name, (known) => ({ name, ...seen(known, atMs) }));
    },
    listTaskQueues: async (namespace) =>
      queues.list(namespace).toSorted((left, right) => (left.name < right.name ? -1 : 1)),
    rememberPatches: async (namespace, names, atMs) => {
      for (const { kind, id, workflowType } of names) {
        const key = JSON.stringify([kind, id, workflowType]);
        patches.put(namespace, key, (known) => ({ kind, id, workflowType, ...seen(known, atMs) }));
      }
    },
    listPatches: async (namespace) => {
      const groups = Map.groupBy(patches.list(namespace), ({ kind, id }) => JSON.stringify([id, kind]));
      return Array.from(groups.values(), (group) => patchOf(group)).flat();
    },
  };
}

function seen(known: Remembered | undefined, atMs: number): Remembered {
  return { firstSeenMs: known?.firstSeenMs ?? atMs, lastSeenMs: atMs };
}

function patchOf(group: readonly (Remembered & PatchOfType)[]) {
  return group.slice(0, 1).map(({ kind, id }) => ({
    kind,
    id,
    workflowTypes: group.map((patch) => patch.workflowType).toSorted(),
    firstSeenMs: Math.min(...group.map((patch) => patch.firstSeenMs)),
    lastSeenMs: Math.max(...group.map((patch) => patch.lastSeenMs)),
  }));
}

function memoryOfFacts(): Pick<Store, 'declareFact' | 'listFacts' | 'withdrawFact'> {
  const facts = keyed<StoredFact>();
  return {
    declareFact: async (namespace, fact) =>
      facts.put(namespace, fact.id, (known) => known ?? { ...fact, withdrawn: null }),
    listFacts: async (namespace) =>
      facts.list(namespace).toSorted((left, right) => left.declaredAtMs - right.declaredAtMs),
    withdrawFact: async (namespace, id, by, atMs) => {
      const fact = facts.get(namespace, id);
      if (fact === undefined || fact.withdrawn !== null) return false;
      facts.put(namespace, id, () => ({ ...fact, withdrawn: { by, atMs } }));
      return true;
    },
  };
}

function memoryOfRuns(): Pick<Store, 'rememberRuns' | 'recallRuns'> {
  const runs = keyed<RememberedRun>();
  return {
    rememberRuns: async (namespace, read) => {
      for (const run of read) {
        runs.put(namespace, run.runId, (known) => (known !== undefined && known.readMs > run.readMs ? known : run));
      }
    },
    recallRuns: async (namespace, runIds) => {
      const wanted = new Set(runIds);
      const found = runs.list(namespace).filter((run) => wanted.has(run.runId));
      return new Map(found.map((run) => [run.runId, run]));
    },
  };
}

function memoryOfAnswers(): Pick<Store, 'saveAnswer' | 'findAnswer' | 'listAnswers'> {
  const answers = keyed<StoredAnswer>();
  return {
    saveAnswer: async (namespace, answer) =>
      answers.put(namespace, answer.key, (known) => (known !== undefined && known.atMs > answer.atMs ? known : answer)),
    findAnswer: async (namespace, key) => answers.get(namespace, key) ?? null,
    listAnswers: async (namespace, sinceMs) =>
      answers
        .list(namespace)
        .filter((answer) => answer.atMs >= sinceMs)
        .toSorted((left, right) => right.atMs - left.atMs),
  };
}

function memoryOfSamples(): Pick<Store, 'addSamples' | 'listSamples'> {
  const samples = keyed<PatchSample>();
  return {
    addSamples: async (namespace, added) => {
      for (const sample of added) {
        const { kind, id, workflowType, hourMs } = sample;
        samples.put(namespace, JSON.stringify([kind, id, workflowType, hourMs]), () => sample);
      }
    },
    listSamples: async (namespace, { kind, id }, sinceMs) =>
      samples
        .list(namespace)
        .filter((sample) => sample.kind === kind && sample.id === id && sample.hourMs >= sinceMs)
        .toSorted((left, right) => left.hourMs - right.hourMs),
  };
}

/** Values by namespace and key, in order of their first appearance. */
function keyed<T>() {
  const byNamespace = new Map<string, Map<string, T>>();
  const of = (namespace: string) => byNamespace.get(namespace) ?? new Map<string, T>();
  return {
    get: (namespace: string, key: string) => of(namespace).get(key),
    list: (namespace: string) => [...of(namespace).values()],
    put: (namespace: string, key: string, change: (known: T | undefined) => T) => {
      const values = of(namespace);
      byNamespace.set(namespace, values.set(key, change(values.get(key))));
    },
  };
}
