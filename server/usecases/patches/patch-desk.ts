import type { Alarm } from '#lib/api/patches/schemas.ts';
import type { Verdict } from '#lib/api/verdict/schemas.ts';
import { patchKey } from '#lib/domain/census/patch-labels.ts';
import type { CensusSnapshot } from '#lib/domain/census/snapshot.ts';
import type { PatchRef } from '#lib/domain/patches/types.ts';
import { type CarriedCounts, type Stage, stageOf } from '#lib/domain/verdict/stage.ts';
import type { Ctx } from '#server/usecases/context.ts';
import { standingFacts } from '#server/usecases/declarations/standing-facts.ts';
import { alarmsOf } from '#server/usecases/patches/alarms-of.ts';
import { type SeenPatch, tallySeenPatches } from '#server/usecases/patches/tally-seen-patches.ts';
import { type KnownPatch, pictureAnswers } from '#server/usecases/verdict/answers-for.ts';
import { freshAnswers } from '#server/usecases/verdict-jobs/fresh-answers.ts';

/** What is said of one patch beside its counts. */
export interface PatchView {
  /** One a question: the asked answer that still holds, else the picture's. */
  readonly answers: readonly Verdict[];
  readonly stage: Stage;
  readonly alarms: Alarm[];
}

/** Everything that a list and a page say of patches, from one picture, memory, the declared facts and the answers that still hold. */
export interface PatchDesk {
  /** By `patchKey`. */
  readonly seen: ReadonlyMap<string, SeenPatch>;
  readonly view: (patch: PatchRef) => Promise<PatchView>;
}

/** @param only the one patch that will be looked at; without it answers of all are read */
export async function openPatchDesk(ctx: Ctx, snapshot: CensusSnapshot, only?: PatchRef): Promise<PatchDesk> {
  const { namespace } = snapshot;
  const [seen, facts] = await Promise.all([tallySeenPatches(ctx, snapshot), standingFacts(ctx, namespace)]);
  const fresh = await freshAnswers(ctx, { namespace, snapshot, facts }, only);
  const patches = Array.from(seen.values(), knownPatch);
  const fromPicture = pictureAnswers({ snapshot, patches, facts });
  return {
    seen,
    view: async ({ kind, id }) => {
      const key = patchKey({ kind, id });
      const asked = fresh.get(key) ?? [];
      const answers = merged(fromPicture({ kind, id }), asked);
      const tally = seen.get(key)?.tally;
      const stage = stageOf({
        kind,
        counts: tally?.totals ?? NOT_CARRIED,
        // What was never seen may be in any run that is not read.
        isListComplete:
          snapshot.isListComplete && (tally !== undefined || snapshot.historiesRead >= snapshot.runs.length),
        isSeen: tally !== undefined,
        asked,
      });
      const alarms = tally === undefined ? [] : await alarmsOf(ctx, { snapshot, tally, answers });
      return { answers, stage, alarms };
    },
  };
}

const NOT_CARRIED: CarriedCounts = { live: 0, deprecated: 0, versions: [], unreadable: 0, notRead: 0 };

function knownPatch({ tally, remembered }: SeenPatch): KnownPatch {
  const { kind, id, byType } = tally;
  return {
    kind,
    id,
    workflowTypes: byType.map(({ workflowType }) => workflowType),
    rememberedTypes: remembered?.workflowTypes ?? [],
  };
}

/** Where the picture has nothing to ask, a GetVersion that no open run recorded, what was asked is told all the same. */
function merged(picture: readonly Verdict[], asked: readonly Verdict[]): readonly Verdict[] {
  if (picture.length === 0) return asked;
  return picture.map(
    (verdict) => asked.find(({ question, min }) => question === verdict.question && min === verdict.min) ?? verdict,
  );
}
