import type { Answer } from '#lib/api/patches/schemas.ts';
import type { CensusSnapshot } from '#lib/domain/census/snapshot.ts';
import type { PatchRef } from '#lib/domain/patches/types.ts';
import { judgePatch } from '#lib/domain/verdict/judge-patch.ts';
import type { PatchQuestion } from '#lib/domain/verdict/question.ts';
import type { Config } from '#server/config/types.ts';
import { toAnswer } from '#server/usecases/verdict/to-answer.ts';

export interface AskedPatch extends PatchRef {
  /** Types in which the store remembers a marker of the patch. Types known by labels alone do not belong here: labels prove nothing. */
  readonly rememberedTypes?: readonly string[] | undefined;
}

/** Pictures never change: one that is looked at again gives the answers it gave. */
const answered = new WeakMap<CensusSnapshot, Map<string, readonly Answer[]>>();

/**
 * What the picture says to each question that suits the patch's kind, all workflow types together. For GetVersion the questions
 * are about the highest version that an open run recorded; without one there is nothing to ask, and the list is empty.
 */
export function answersFor(
  snapshot: CensusSnapshot,
  patch: AskedPatch,
  config: Pick<Config, 'buildIdsIdentifyCode'>,
): readonly Answer[] {
  const known = answered.get(snapshot) ?? new Map<string, readonly Answer[]>();
  answered.set(snapshot, known);
  const areBuildIdsDeclared = config.buildIdsIdentifyCode.includes(snapshot.namespace);
  const key = JSON.stringify([patch.kind, patch.id, patch.rememberedTypes ?? null, areBuildIdsDeclared]);
  let answers = known.get(key);
  if (answers === undefined) {
    answers = questionsFor(snapshot, patch).map((question) =>
      toAnswer(question, judge(snapshot, patch, question, areBuildIdsDeclared), snapshot),
    );
    known.set(key, answers);
  }
  return answers;
}

function judge(snapshot: CensusSnapshot, patch: AskedPatch, question: PatchQuestion, areBuildIdsDeclared: boolean) {
  return judgePatch({
    question,
    patchId: patch.id,
    workflowType: null,
    runs: snapshot.runs,
    isListComplete: snapshot.isListComplete,
    unreadCode: 'not-read-yet',
    unreadableRunIds: new Set(),
    rememberedTypes: patch.rememberedTypes ?? null,
    trust: { areBuildIdsDeclared },
  });
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

function highestVersion(snapshot: CensusSnapshot, patch: PatchRef): number | null {
  let highest: number | null = null;
  for (const { facts } of snapshot.runs) {
    for (const marker of facts?.markers ?? []) {
      if (marker.kind !== patch.kind || marker.id !== patch.id || marker.version === null) continue;
      highest = Math.max(highest ?? marker.version, marker.version);
    }
  }
  return highest;
}
