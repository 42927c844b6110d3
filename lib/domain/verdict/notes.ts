import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import { markersOf } from '#lib/domain/verdict/classify-run.ts';
import { examplesOf } from '#lib/domain/verdict/examples.ts';
import type { Holders } from '#lib/domain/verdict/holders.ts';
import { type IdentityBook, isCaller } from '#lib/domain/verdict/identity-book.ts';
import { isLabelOf, type PatchQuestion } from '#lib/domain/verdict/question.ts';
import type { Note, NoteCode, TypeEvidence } from '#lib/domain/verdict/types.ts';

interface NotesFrame {
  readonly question: PatchQuestion;
  readonly patchId: string;
  readonly book: IdentityBook;
  readonly holders: Pick<Holders, 'holdsCall'>;
}

/** What a reader should know and what changes no answer: left-over labels, closed runs, failing tasks, a call that went too early. */
export function notesOf(type: TypeEvidence, runs: readonly CensusRun[], frame: NotesFrame): readonly Note[] {
  const { question, patchId } = frame;
  const notes: Note[] = [];
  const tell = (code: NoteCode, found: readonly CensusRun[]) => {
    const examples = examplesOf(found.map((run) => ({ run, found: { class: 'unknown', task: null, missing: null } })));
    if (found.length > 0) notes.push({ code, count: found.length, examples });
  };
  tell(
    'nondeterminism',
    runs.filter(({ facts }) => facts !== null && facts.nondeterminismFailure !== null),
  );
  const carriers = runs.filter(({ facts }) => facts !== null && markersOf(facts, { question, patchId }).length > 0);
  if (hasNewestStopped(frame)) tell('newest-stopped-writing', carriers);
  tell(
    'label-only',
    runs.filter(
      ({ summary, facts }) =>
        facts !== null &&
        summary.labels.some((label) => isLabelOf(label, question, patchId)) &&
        markersOf(facts, { question, patchId }).length === 0,
    ),
  );
  const { closedRuns } = type;
  if (closedRuns === null || closedRuns > runs.filter((run) => run.summary.closeTimeMs !== null).length) {
    notes.push({ code: 'closed-not-looked-at', count: closedRuns, examples: [] });
  }
  return notes;
}

/** The identity that came last to the type is not known to have the call, while others recorded the patch. */
function hasNewestStopped({ book, holders }: NotesFrame): boolean {
  const records = [...book.values()].filter((record) => record.firstTaskMs !== null);
  const latestMs = Math.max(...records.map((record) => record.firstTaskMs ?? -Infinity));
  const newest = records.filter((record) => record.firstTaskMs === latestMs);
  if (!records.some(isCaller) || newest.some(isCaller)) return false;
  return newest.every(({ identity, lastTaskMs }) => {
    const at = { taskQueue: identity.taskQueue ?? '', timeMs: lastTaskMs ?? 0 };
    const holding = holders.holdsCall(identity, at);
    return holding === 'lacks' || holding === 'not-known';
  });
}
