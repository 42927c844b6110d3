import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import { markersOf } from '#lib/domain/verdict/classify-run.ts';
import { type PatchQuestion, patchKindOf } from '#lib/domain/verdict/question.ts';
import type { Evidence } from '#lib/domain/verdict/types.ts';

const VERSION = /^-?\d+$/;

/**
 * Is this value of TemporalChangeVersion the label of the patch? Exact, case included (SQLite's query is not). GetVersion's
 * label is `<change id>-<version>`; asking from the known id avoids parsing ids that themselves end in hyphens or digits.
 */
export function isLabelOf(label: string, question: PatchQuestion, patchId: string): boolean {
  if (patchKindOf(question.name) === 'core') return label === patchId;
  return label.startsWith(`${patchId}-`) && VERSION.test(label.slice(patchId.length + 1));
}

/** The open runs a question is about, and which workflow types are known to use the patch. */
export interface Scope {
  readonly runs: readonly CensusRun[];
  /** By a marker in an open run, or by memory. A label alone does not say so. */
  readonly typesThatUse: ReadonlySet<string>;
  /** False: a typing error is as likely as a patch that is gone. */
  readonly isSeen: boolean;
}

export function scopeOf(evidence: Evidence): Scope {
  const { question, patchId, workflowType, rememberedTypes } = evidence;
  const runs = evidence.runs.filter((run) => isOpen(run) && isAsked(run.summary.workflowType, workflowType));
  const remembered = (rememberedTypes ?? []).filter((type) => isAsked(type, workflowType));
  const typesThatUse = new Set(remembered);
  let isSighted = remembered.length > 0 || (workflowType === null && rememberedTypes !== null);
  for (const run of runs) {
    const type = run.summary.workflowType;
    if (!typesThatUse.has(type) && run.facts !== null && markersOf(run.facts, question, patchId).length > 0) {
      typesThatUse.add(type);
      isSighted = true;
    }
    isSighted ||= isLabelled(run, question, patchId);
  }
  return { runs, typesThatUse, isSeen: isSighted };
}

export function isLabelled(run: CensusRun, question: PatchQuestion, patchId: string): boolean {
  return run.summary.labels.some((label) => isLabelOf(label, question, patchId));
}

/** A run may have closed between the list and the reading of its history. */
function isOpen(run: CensusRun): boolean {
  return run.summary.closeTimeMs === null && run.facts?.isClosed !== true;
}

function isAsked(workflowType: string, asked: string | null): boolean {
  return asked === null || workflowType === asked;
}
