import { escapeText } from '#lib/format/escape-text.ts';
import { headText, type RecordProblem, type RecordProblemKind } from '#server/store/record/check-chain.ts';
import type { RecordReport } from '#server/store/record/verify-record.ts';

const MEANINGS: Readonly<Record<RecordProblemKind, string>> = {
  edited: 'changed after it was written: its fields do not give its hash',
  'not-linked': 'does not follow the entry before it: one of the two was changed or exchanged',
  missing: 'missing: deleted after it was written',
  stray: 'a number that Patchboard never gives',
  'end-unknown': 'nothing says any more that the record ends here',
  'end-differs': 'the record does not end here as it says',
  'head-differs': 'has another hash than the head you gave: the record was written anew since then',
  'head-missing': 'the head you gave is not there: the record was cut off or written anew since then',
  'tables-changed': 'its tables are gone, or are not as Patchboard made them',
};

/** What `record verify` prints for people. */
export function recordText({ isKept, entries, head, problemCount, problems }: RecordReport): string {
  if (problemCount > 0) {
    const more = problemCount - problems.length;
    const lines = problems.map((problem) => `  ${subjectOf(problem)}: ${MEANINGS[problem.what]}`);
    if (more > 0) lines.push(`  and ${more} more`);
    const count = `${problemCount} ${problemCount === 1 ? 'problem' : 'problems'} in ${countOf(entries)}`;
    return `The record is damaged: ${count}.\n${lines.join('\n')}\n`;
  }
  if (!isKept) return 'There is no record yet: the store is of an earlier Patchboard.\n';
  if (head === null) return 'The record is whole: no entries yet.\n';
  return `The record is whole: ${countOf(entries)}, head ${escapeText(headText(head))}.\n`;
}

function countOf(entries: number): string {
  return `${entries} ${entries === 1 ? 'entry' : 'entries'}`;
}

function subjectOf({ what, number, lastNumber }: RecordProblem): string {
  if (number === 0 && what !== 'stray') return 'the record';
  return number === lastNumber ? `entry ${number}` : `entries ${number} to ${lastNumber}`;
}
