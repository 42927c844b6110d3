import { CodedError } from '#server/errors.ts';

/**
 * Temporal's list filter (`common/persistence/visibility/store/query/converter.go`, `common/sqlquery`): a string is read as MySQL
 * reads it, then all its outer single quotes are trimmed away, then SQL stores get `"`, `\`, newline, carriage return, tab and
 * backspace written as MySQL escapes, which SQLite and PostgreSQL take as they stand. So such a value matches nothing there, and
 * no spelling helps: the answer would be a false zero. Tried on 1.29.1 and 1.32.0.
 */
const INEXPRESSIBLE = /["\\\n\r\t\b]|^'|'$/;

/** Whether a list filter can ask for exactly this value on every store. */
export function isExpressible(value: string): boolean {
  return !INEXPRESSIBLE.test(value);
}

/** A string literal of the list filter. Throws `query-refused` for a value that the filter cannot ask for: read the list then. */
export function quote(value: string): string {
  if (isExpressible(value)) return `'${value.replaceAll("'", "''")}'`;
  throw new CodedError(
    'query-refused',
    `Temporal’s list filter cannot ask for the value ${JSON.stringify(value)}.`,
    'Read the list of runs instead of asking for this value.',
  );
}

/** Every open run, paused ones too, on every server version: `ExecutionStatus = 'Running'` would miss the paused. */
export const OPEN_RUNS = 'CloseTime IS NULL';

export const CLOSED_RUNS = 'CloseTime IS NOT NULL';

/** Began or ended at that time or later. @param sinceMs epoch milliseconds; a reset run starts at its reset */
export function startedOrClosedSince(sinceMs: number): string {
  const time = quote(new Date(sinceMs).toISOString());
  return `(StartTime >= ${time} OR CloseTime >= ${time})`;
}

export function ofType(workflowType: string): string {
  return `WorkflowType = ${quote(workflowType)}`;
}

export function onTaskQueue(taskQueue: string): string {
  return `TaskQueue = ${quote(taskQueue)}`;
}

/** One predicate a queue: SQLite and SQL stores drop rows for some forms of `NOT IN`. */
export function notOnTaskQueues(taskQueues: readonly string[]): readonly string[] {
  return taskQueues.map((taskQueue) => `TaskQueue != ${quote(taskQueue)}`);
}

/** Runs that carry this TemporalChangeVersion. SQLite compares without case: compare each run's own labels. */
export function withLabel(label: string): string {
  return `TemporalChangeVersion = ${quote(label)}`;
}

/** Runs with any of these raw values of BuildIds, e.g. `versioned:1.0`. */
export function withAnyBuildId(values: readonly string[]): string {
  return `BuildIds IN (${values.map(quote).join(', ')})`;
}

export function allOf(...predicates: readonly string[]): string {
  return predicates.join(' AND ');
}
