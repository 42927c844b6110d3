/** Changes under way in this process. They outlive the request that began them and end with the process. */
export interface Workbench {
  /** Starts work that goes on when nobody waits. Its failure is the waiters' matter. */
  readonly start: (id: string, work: (stopping: AbortSignal) => Promise<void>) => void;
  /** Ends with the work of this id, failing as it fails; at once where there is none. */
  readonly settled: (id: string) => Promise<void>;
  /** Aborts waiting and watching, and ends when every work has recorded what it knows. */
  readonly stop: () => Promise<void>;
}

export function createWorkbench(): Workbench {
  const stopping = new AbortController();
  const works = new Map<string, Promise<void>>();
  return {
    start: (id, work) => {
      // A change that was taken over may be worked at while its former work still ends: that one's end is not this one's.
      const both = Promise.all([works.get(id)?.catch(() => undefined), work(stopping.signal)]);
      const promise = both.then(() => undefined).finally(() => works.get(id) === promise && works.delete(id));
      promise.catch(() => undefined);
      works.set(id, promise);
    },
    settled: async (id) => works.get(id),
    stop: async () => {
      stopping.abort();
      await Promise.allSettled(works.values());
    },
  };
}
