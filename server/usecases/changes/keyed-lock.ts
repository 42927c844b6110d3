/** Runs works of one key one after another, in the order of asking; works of different keys do not wait for each other. */
export interface KeyedLock {
  readonly exclusively: <T>(key: string, work: () => Promise<T>) => Promise<T>;
}

export function createKeyedLock(): KeyedLock {
  const tails = new Map<string, Promise<void>>();
  return {
    exclusively: async (key, work) => {
      const before = tails.get(key) ?? Promise.resolve();
      const { promise: mine, resolve: release } = Promise.withResolvers<void>();
      const tail = before.then(() => mine);
      tails.set(key, tail);
      await before;
      try {
        return await work();
      } finally {
        release();
        // The last one leaves no trace: keys are names of queues, which are without number.
        if (tails.get(key) === tail) tails.delete(key);
      }
    },
  };
}
