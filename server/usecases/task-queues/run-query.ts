import { UNVERSIONED_LABEL, versionedLabel } from '#lib/domain/task-queues/tally-open-runs.ts';

/** Visibility queries for open runs of one queue; `CloseTime IS NULL` is open on every server version. */
export function openRunsOfSet(taskQueue: string, buildIds: readonly string[]): string {
  return `${openOn(taskQueue)} AND BuildIds IN (${buildIds.map((id) => quote(versionedLabel(id))).join(', ')})`;
}

export function unversionedOpenRuns(taskQueue: string): string {
  return `${openOn(taskQueue)} AND BuildIds = ${quote(UNVERSIONED_LABEL)}`;
}

function openOn(taskQueue: string): string {
  return `TaskQueue = ${quote(taskQueue)} AND CloseTime IS NULL`;
}

/** A string literal of Temporal's query language, whose scanner doubles quotes and reads backslashes as escapes. */
function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
