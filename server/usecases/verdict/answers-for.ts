import type { Verdict } from '#lib/api/verdict/schemas.ts';
import { oncePerSnapshot } from '#lib/domain/census/once-per-snapshot.ts';
import { patchIndexOf } from '#lib/domain/census/patch-index.ts';
import { patchKey } from '#lib/domain/census/patch-labels.ts';
import type { CensusRun, CensusSnapshot } from '#lib/domain/census/snapshot.ts';
import type { PatchRef } from '#lib/domain/patches/types.ts';
import type { DeclaredFact } from '#lib/domain/verdict/declared-facts.ts';
import { declaredTypesOf } from '#lib/domain/verdict/declared-types.ts';
import { judgePatch } from '#lib/domain/verdict/judge-patch.ts';
import type { PatchQuestion } from '#lib/domain/verdict/question.ts';
import type { Evidence, TypeEvidence } from '#lib/domain/verdict/types.ts';
import { toVerdict } from '#server/usecases/verdict/to-verdict.ts';

/** A patch of the picture or of memory, with the workflow types that use it. */
export interface KnownPatch extends PatchRef {
  /** By an open run's marker or label, or by memory. */
  readonly workflowTypes: readonly string[];
  /** Types in which the store remembers a marker of it. */
  readonly rememberedTypes: readonly string[];
}

/** What the picture says by itself to each question that suits a patch. */
export type PictureAnswers = (patch: PatchRef) => readonly Verdict[];

interface PictureInput {
  readonly snapshot: CensusSnapshot;
  /** Every patch of the picture and of memory. */
  readonly patches: readonly KnownPatch[];
  /** Facts that stand. */
  readonly facts: readonly DeclaredFact[];
}

/** Pictures never change: one that is looked at again, under the same facts and memory, gives the answers that it gave. */
const answered = oncePerSnapshot(() => new Map<string, Map<string, readonly Verdict[]>>());

/**
 * Answers from the picture alone: workers are not watched, so none is safe. For GetVersion the questions are about the highest version
 * that an open run recorded; without one there is nothing to ask. Only runs of the patch's own types are judged, so that a list of
 * many patches costs little more than one sweep.
 */
export function pictureAnswers(input: PictureInput): PictureAnswers {
  const { snapshot } = input;
  const known = answered(snapshot);
  const state = stateKey(input);
  const answers = known.get(state) ?? new Map<string, readonly Verdict[]>();
  known.set(state, answers);
  const evidenceOf = evidenceFinder(input);
  return (patch) => {
    const key = patchKey(patch);
    const told = answers.get(key) ?? questionsFor(snapshot, patch).map((question) => answer(question, patch));
    answers.set(key, told);
    return told;
  };

  function answer(question: PatchQuestion, patch: PatchRef): Verdict {
    return toVerdict(question, judgePatch({ ...evidenceOf(patch), question }), {
      source: 'picture',
      workflowType: null,
      policy: 'open',
      fromMs: snapshot.fromMs,
      toMs: snapshot.toMs,
      calls: 0,
      isStoppedAtBlocker: false,
      validUntilMs: null,
      lastClosedLeavesMs: null,
    });
  }
}

/** A fact never changes under its id. */
function stateKey({ patches, facts }: PictureInput): string {
  const memory = patches.map(({ kind, id, workflowTypes, rememberedTypes }) => [
    kind,
    id,
    workflowTypes,
    rememberedTypes,
  ]);
  return JSON.stringify([memory, facts.map(({ id }) => id)]);
}

const runsByType = oncePerSnapshot(({ runs }): ReadonlyMap<string, readonly CensusRun[]> =>
  Map.groupBy(runs, (run) => run.summary.workflowType),
);

const UNREADABLE: ReadonlySet<string> = new Set();

function evidenceFinder({ snapshot, patches, facts }: PictureInput): (patch: PatchRef) => Omit<Evidence, 'question'> {
  const ofType = runsByType(snapshot);
  const everyType = [...ofType.keys()].toSorted();
  const byKey = new Map(patches.map((patch) => [patchKey(patch), patch]));
  const idsByType = coreIdsByType(patches);

  return (patch) => {
    const known = byKey.get(patchKey(patch));
    const declared = declaredTypesOf(facts, patch);
    // A type outside the declared list stays: its marker is what speaks against the list.
    const types = new Set([...(known?.workflowTypes ?? []), ...(declared ?? [])]);
    const typeEvidence = (workflowType: string): TypeEvidence => ({
      workflowType,
      runs: ofType.get(workflowType) ?? [],
      isListComplete: snapshot.isListComplete,
      witnesses: [],
      closedRuns: null,
      isRemembered: known?.rememberedTypes.includes(workflowType) === true || declared?.includes(workflowType) === true,
      areQueuesKnown: false,
      workers: [],
      areWorkersWatched: false,
      knownPatchIds: idsByType.get(workflowType) ?? [],
    });
    return {
      patchId: patch.id,
      policy: 'open',
      types: Array.from(types).toSorted().map(typeEvidence),
      otherTypes: declared === null ? everyType.filter((type) => !types.has(type)) : [],
      areTypesKnown: declared !== null,
      facts,
      unreadCode: 'not-read-yet',
      unreadableRunIds: UNREADABLE,
      target: null,
    };
  };
}

function coreIdsByType(patches: readonly KnownPatch[]): ReadonlyMap<string, readonly string[]> {
  const ids = new Map<string, string[]>();
  for (const { kind, id, workflowTypes } of patches) {
    if (kind !== 'core') continue;
    for (const type of workflowTypes) {
      const known = ids.get(type);
      if (known === undefined) ids.set(type, [id]);
      else known.push(id);
    }
  }
  return ids;
}

function questionsFor(snapshot: CensusSnapshot, patch: PatchRef): readonly PatchQuestion[] {
  if (patch.kind === 'core') return [{ name: 'deprecate' }, { name: 'remove' }];
  const version = highestVersion(snapshot, patch);
  if (version === null) return [];
  return [
    { name: 'raise-min', version },
    { name: 'drop-call', version },
  ];
}

/** null: no open run recorded one. */
function highestVersion(snapshot: CensusSnapshot, patch: PatchRef): number | null {
  const byType = patchIndexOf(snapshot).patches.get(patchKey(patch))?.byType.values() ?? [];
  const versions = [...byType].flatMap((count) => [...count.versions.keys()]);
  return versions.length === 0 ? null : Math.max(...versions);
}
