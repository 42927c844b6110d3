/** Every open run, paused ones too: `ExecutionStatus` would miss these. */
const OPEN = 'CloseTime IS NULL';

/** Open runs, labelled with exactly this value where the store compares case, of one type if one is named. */
export function openRunsLabelled(label: string, workflowType: string | null): string {
  return `TemporalChangeVersion = ${quoted(label)} AND ${openRuns(workflowType)}`;
}

/** Open runs with any label: what to read where no single label can be asked for. */
export function openRunsWithLabels(workflowType: string | null): string {
  return `TemporalChangeVersion IS NOT NULL AND ${openRuns(workflowType)}`;
}

export function openRuns(workflowType: string | null): string {
  return workflowType === null ? OPEN : `WorkflowType = ${quoted(workflowType)} AND ${OPEN}`;
}

/** Characters that the server escapes when it hands a filter on to its store (sqlparser's encoding of strings). */
const ESCAPED_BY_SERVER = /["\\\p{Cc}]/u;

/**
 * Can the server be asked for this name? SQLite and PostgreSQL take the escapes for part of the name: such a query finds nothing
 * and says nothing (seen on 1.32.0), so that only reading a wider list finds these runs.
 */
export function isAskable(name: string): boolean {
  return !ESCAPED_BY_SERVER.test(name);
}

/** A string of Temporal's list filter: its scanner doubles quotes and reads backslashes as escapes. */
function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
