/** A place where several wait for each other. */
export interface Barrier {
  /** Said once by each: it has come, or will not come any more. */
  readonly count: () => void;
  /** Resolves when all were counted and the work is done. */
  readonly passed: Promise<void>;
}

/** @param work done once, when the last is counted */
export function createBarrier(count: number, work: () => Promise<void>): Barrier {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  let missing = count;
  return {
    count: () => {
      missing -= 1;
      if (missing === 0) work().then(resolve, reject);
    },
    passed: promise,
  };
}
