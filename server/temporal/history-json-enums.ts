/**
 * Numbers of the event types that are read (`temporal/api/enums/v1/event_type.proto`), by name without `EVENT_TYPE_`: a tool prints
 * the number where it does not know the name. All other types are `other` under whatever name or number they come.
 */
export const EVENT_TYPE_NUMBERS = {
  WORKFLOW_EXECUTION_STARTED: 1,
  WORKFLOW_EXECUTION_COMPLETED: 2,
  WORKFLOW_EXECUTION_FAILED: 3,
  WORKFLOW_EXECUTION_TIMED_OUT: 4,
  WORKFLOW_TASK_SCHEDULED: 5,
  WORKFLOW_TASK_STARTED: 6,
  WORKFLOW_TASK_COMPLETED: 7,
  WORKFLOW_TASK_FAILED: 9,
  WORKFLOW_EXECUTION_CANCELED: 21,
  MARKER_RECORDED: 25,
  WORKFLOW_EXECUTION_TERMINATED: 27,
  WORKFLOW_EXECUTION_CONTINUED_AS_NEW: 28,
  UPSERT_WORKFLOW_SEARCH_ATTRIBUTES: 40,
} as const;

export type ReadEventType = keyof typeof EVENT_TYPE_NUMBERS;

const NAMES: ReadonlyMap<unknown, string> = new Map(
  Object.entries(EVENT_TYPE_NUMBERS).map(([name, number]) => [number, name]),
);

/** The event type, e.g. `MARKER_RECORDED`, from `EVENT_TYPE_MARKER_RECORDED`, `MarkerRecorded` or its number. */
export function eventTypeName(value: unknown): string | null {
  if (typeof value === 'number') return NAMES.get(value) ?? String(value);
  return enumName(value, 'EVENT_TYPE_');
}

/** An enum value without the enum's own name, which Java, Temporal UI and older tools leave out, writing PascalCase. */
export function enumName(value: unknown, prefix: string): string | null {
  if (typeof value !== 'string' || value === '') return null;
  if (value.startsWith(prefix)) return value.slice(prefix.length);
  return value.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toUpperCase();
}

export function isReadEventType(name: string): name is ReadEventType {
  return Object.hasOwn(EVENT_TYPE_NUMBERS, name);
}
