type Sets = readonly { readonly buildIds: readonly string[] }[];

/** What differs from the earlier state: the build was in no set, or was not the default of its set. */
export type SetMark = 'new' | 'new-default';

export interface SetLaneFacts {
  readonly isQueueDefault: boolean;
  /** Set default first, then the others from the newest. */
  readonly builds: readonly {
    readonly buildId: string;
    readonly isSetDefault: boolean;
    readonly marks: readonly SetMark[];
  }[];
}

/** Server order (queue default and set default last) turned into reading order, with marks against `earlier`. */
export function describeSets(sets: Sets, earlier: Sets | null): readonly SetLaneFacts[] {
  const known = new Set(earlier?.flatMap((set) => set.buildIds));
  const defaults = new Set(earlier?.map((set) => set.buildIds.at(-1)));
  const marksOf = (buildId: string, isSetDefault: boolean): readonly SetMark[] => {
    if (earlier === null) return [];
    if (!known.has(buildId)) return ['new'];
    return isSetDefault && !defaults.has(buildId) ? ['new-default'] : [];
  };
  return sets
    .map((set, at) => ({
      isQueueDefault: at === sets.length - 1,
      builds: set.buildIds
        .map((buildId, index) => {
          const isSetDefault = index === set.buildIds.length - 1;
          return { buildId, isSetDefault, marks: marksOf(buildId, isSetDefault) };
        })
        .toReversed(),
    }))
    .toReversed();
}
