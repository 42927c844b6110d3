/** Seeded randomness: the same seed gives the same world on every machine. */
export interface Random {
  /** In [0, 1). */
  readonly next: () => number;
  /** An integer from 0 to below `end`. */
  readonly below: (end: number) => number;
  /** An integer from `first` to `last`, both possible. */
  readonly between: (first: number, last: number) => number;
  readonly chance: (probability: number) => boolean;
  readonly pick: <T>(list: readonly T[]) => T;
  readonly shuffled: <T>(list: readonly T[]) => T[];
}

/** mulberry32: 32 bits of state, good enough to choose worlds. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (end: number) => Math.floor(next() * end);
  const pick = <T>(list: readonly T[]) => at(list, below(list.length));
  return {
    next,
    below,
    pick,
    between: (first, last) => first + below(last - first + 1),
    chance: (probability) => next() < probability,
    shuffled: (list) => {
      const mixed = [...list];
      for (let end = mixed.length - 1; end > 0; end -= 1) {
        const other = below(end + 1);
        const held = at(mixed, end);
        mixed[end] = at(mixed, other);
        mixed[other] = held;
      }
      return mixed;
    },
  };
}

/** The element that must be there. */
export function at<T>(list: readonly T[], index: number): T {
  const element = list[index];
  if (element === undefined) throw new RangeError(`no element ${index} of ${list.length}`);
  return element;
}
