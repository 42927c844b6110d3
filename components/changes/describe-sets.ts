type Sets = readonly { readonly buildIds: readonly string[] }[];

/** What differs from the earlier state: the build was in no set, or was not the default of its set. */
export type SetMark = 'new' | 'new-default';

export interface SetLaneFacts {
  readonly isQueueDefault: boolean;
  /** On the queue default: the build that new runs started on earlier, where that was another. `none`: unversioned workers took them. */
  readonly insteadOf: { readonly buildId: string } | 'none' | null;
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
  const insteadOf = replacedDefault(sets, earlier);
  return sets
    .map((set, at) => ({
      isQueueDefault: at === sets.length - 1,
      insteadOf: at === sets.length - 1 ? insteadOf : null,
      builds: set.buildIds
        .map((buildId, index) => {
          const isSetDefault = index === set.buildIds.length - 1;
          return { buildId, isSetDefault, marks: marksOf(buildId, isSetDefault) };
        })
        .toReversed(),
    }))
    .toReversed();
}

function replacedDefault(sets: Sets, earlier: Sets | null): SetLaneFacts['insteadOf'] {
  if (earlier === null) return null;
  const was = earlier.at(-1)?.buildIds.at(-1);
  if (was === sets.at(-1)?.buildIds.at(-1)) return null;
  return was === undefined ? 'none' : { buildId: was };
}
