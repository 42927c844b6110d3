import type { HistoryEvent } from '#lib/domain/history/events.ts';

export type FailedTask = Extract<HistoryEvent, { type: 'workflow-task-failed' }>;

/** Rule id that SDKs put into the message of every failed replay (Temporal's rules, TMPRL1100). */
const NONDETERMINISM_RULE = '[TMPRL1100]';

/** Causes as `WorkflowTaskFailedCause` spells them, with or without the enum's own name before. */
export function isNondeterminism({ cause, message }: FailedTask): boolean {
  return /(?:^|_)NON_DETERMINISTIC_ERROR$/.test(cause) || message.includes(NONDETERMINISM_RULE);
}

/** The server writes this into a run that was made by resetting another one: here its own part begins. */
export function isReset({ cause, newRunId }: FailedTask): boolean {
  return /(?:^|_)RESET_WORKFLOW$/.test(cause) && newRunId !== null && newRunId !== '';
}
