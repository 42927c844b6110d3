import type { CensusSnapshot } from '#lib/domain/census/snapshot.ts';

/** Remembers what was derived of a picture as long as the picture lives: pictures never change. */
export function oncePerSnapshot<T>(derive: (snapshot: CensusSnapshot) => T): (snapshot: CensusSnapshot) => T {
  const derived = new WeakMap<CensusSnapshot, { readonly value: T }>();
  return (snapshot) => {
    const known = derived.get(snapshot);
    if (known) return known.value;
    const value = derive(snapshot);
    derived.set(snapshot, { value });
    return value;
  };
}
