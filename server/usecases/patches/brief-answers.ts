import type { PatchItem } from '#lib/api/patches/schemas.ts';
import type { CensusRun, CensusSnapshot } from '#lib/domain/census/snapshot.ts';
import type { Ctx } from '#server/usecases/context.ts';
import type { SeenPatch } from '#server/usecases/patches/tally-seen-patches.ts';
import { oncePerSnapshot } from '#lib/domain/census/once-per-snapshot.ts';
import { answersFor } from '#server/usecases/verdict/answers-for.ts';

const runsByType = oncePerSnapshot(({ runs }): ReadonlyMap<string, readonly CensusRun[]> =>
  Map.groupBy(runs, (run) => run.summary.workflowType),
);

/** Pictures narrowed to some workflow types, one object per choice: answers are remembered by picture. */
const narrowedPictures = oncePerSnapshot(() => new Map<string, CensusSnapshot>());

/**
 * The answers of one patch for a list: which question, which answer. Only runs of the patch's types are looked at: a run of any
 * other type blocks nothing, so the answer is the same, and a list of many patches costs a fraction.
 */
export function briefAnswers(
  snapshot: CensusSnapshot,
  { tally, remembered }: SeenPatch,
  config: Ctx['config'],
): PatchItem['answers'] {
  const { kind, id, byType } = tally;
  const types = byType.map((entry) => entry.workflowType);
  const asked = { kind, id, rememberedTypes: remembered?.workflowTypes };
  return answersFor(narrowed(snapshot, types), asked, config).map(({ question, min, answer }) => ({
    question,
    min,
    answer,
  }));
}

function narrowed(snapshot: CensusSnapshot, types: readonly string[]): CensusSnapshot {
  const pictures = narrowedPictures(snapshot);
  const key = JSON.stringify(types);
  const known = pictures.get(key);
  if (known) return known;
  const ofType = runsByType(snapshot);
  const picture = { ...snapshot, runs: types.flatMap((type) => ofType.get(type) ?? []) };
  pictures.set(key, picture);
  return picture;
}
