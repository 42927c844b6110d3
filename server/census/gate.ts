/** Lets at most `size` tasks run at once; the others wait in the order in which they came. */
export interface Gate {
  readonly run: <T>(task: () => Promise<T>) => Promise<T>;
}

export function createGate(size: number): Gate {
  const waiting: (() => void)[] = [];
  let free = size;

  return {
    run: async (task) => {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
      try {
        return await task();
      } finally {
        const next = waiting.shift();
        // The place passes on directly, so that nobody who comes meanwhile takes it.
        if (next) next();
        else free += 1;
      }
    },
  };
}
