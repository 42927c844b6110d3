import { z } from 'zod';
import {
  type Change,
  type ChangeDetail,
  type ChangeItem,
  type ChangeItemDetail,
  type ChangePlan,
  changePlanSchema,
  outcomeSchema,
  outsideChangeSchema,
  setsSchema,
} from '#lib/api/changes/schemas.ts';
import { timestampSchema } from '#lib/api/shared/schemas.ts';
import { affectedDefault } from '#lib/domain/change-plan/affected-default.ts';
import type { ChangeOutcome } from '#lib/domain/change-plan/types.ts';
import { CodedError } from '#server/errors.ts';
import { parsedAs } from '#server/parsed-as.ts';
import type { NewRecordEntry, RecordEntry } from '#server/store/record/port.ts';
import { timestampOf } from '#server/usecases/shared/timestamp.ts';

const intentSchema = z.object({ plan: changePlanSchema, actor: z.string() });
export type Intent = z.infer<typeof intentSchema>;

const endSchema = z.object({ outcome: outcomeSchema, message: z.string(), after: setsSchema.nullable() });
export type ChangeEnd = z.infer<typeof endSchema>;

const takeUpSchema = z.object({ is: z.boolean(), at: timestampSchema });
export type TakeUp = z.infer<typeof takeUpSchema>;

const outsideSchema = outsideChangeSchema.pick({ from: true, to: true, before: true, after: true });
export type Outside = z.infer<typeof outsideSchema>;

type Subject = Pick<NewRecordEntry, 'namespace' | 'taskQueue' | 'changeId' | 'atMs'>;

export function intentEntry(subject: Subject, intent: Intent, idempotencyKey: string) {
  return { ...subject, kind: 'intent', idempotencyKey, body: JSON.stringify(intentSchema.parse(intent)) } as const;
}

export function endEntry(subject: Subject, end: ChangeEnd): NewRecordEntry {
  return { ...subject, kind: 'outcome', idempotencyKey: null, body: JSON.stringify(endSchema.parse(end)) };
}

export function takeUpEntry(subject: Subject, takeUp: TakeUp): NewRecordEntry {
  return { ...subject, kind: 'taken-up', idempotencyKey: null, body: JSON.stringify(takeUpSchema.parse(takeUp)) };
}

export function outsideEntry(subject: Subject, outside: Outside): NewRecordEntry {
  return { ...subject, kind: 'outside', idempotencyKey: null, body: JSON.stringify(outsideSchema.parse(outside)) };
}

/** Whether Temporal holds what was planned; null where nobody knows. */
const STORED: Readonly<Record<ChangeOutcome, boolean | null>> = {
  verified: true,
  'already-so': true,
  refused: false,
  conflict: false,
  superseded: false,
  'not-applied': false,
  unconfirmed: null,
};

/** What a change's entries say together; null: they are none, or of an outside change. The newest outcome counts. */
export function changeOf(entries: readonly RecordEntry[]): ChangeDetail | null {
  const [first] = entries;
  if (first?.kind !== 'intent') return null;
  const { plan, actor } = read(first, intentSchema);
  const change = intentChange(first, plan, actor);
  return entries.reduce<ChangeDetail>(withEntry, { ...change, plan });
}

/** A change, or what happened outside; null: neither. */
export function itemDetailOf(entries: readonly RecordEntry[]): ChangeItemDetail | null {
  const [first] = entries;
  if (first?.kind !== 'outside') return changeOf(entries);
  const { namespace, taskQueue, changeId: id } = first;
  return { kind: 'outside', id, namespace, taskQueue, ...read(first, outsideSchema) };
}

/** One row of the list: without a change's plan. */
export function itemOf(entries: readonly RecordEntry[]): ChangeItem | null {
  const detail = itemDetailOf(entries);
  if (detail?.kind !== 'change') return detail;
  const { plan: _, ...item } = detail;
  return item;
}

function intentChange(entry: RecordEntry, plan: ChangePlan, actor: string): Change {
  return {
    kind: 'change',
    id: entry.changeId,
    planId: plan.id,
    namespace: entry.namespace,
    taskQueue: entry.taskQueue,
    operation: plan.operation,
    reason: plan.reason,
    actor,
    undoOf: plan.undoOf,
    outcome: null,
    message: 'Under way.',
    stored: { is: null, at: null },
    takenUp: { is: null, at: null, buildId: affectedDefault({ sets: plan.after }, plan.operation) },
    startedAt: timestampOf(entry.atMs),
    endedAt: null,
    before: plan.before,
    after: null,
  };
}

function withEntry(change: ChangeDetail, entry: RecordEntry): ChangeDetail {
  switch (entry.kind) {
    case 'intent':
    case 'outside':
      return change;
    case 'outcome': {
      const { outcome, message, after } = read(entry, endSchema);
      const at = timestampOf(entry.atMs);
      const is = STORED[outcome];
      return { ...change, outcome, message, stored: { is, at: is === null ? null : at }, endedAt: at, after };
    }
    case 'taken-up':
      return { ...change, takenUp: { ...change.takenUp, ...read(entry, takeUpSchema) } };
  }
}

/** An entry that cannot be read is never left out: what a change became hangs on it. */
function read<S extends z.ZodType>(entry: RecordEntry, schema: S): z.output<S> {
  const parsed = parsedAs(schema, entry.body);
  if (parsed !== null) return parsed;
  throw new CodedError(
    'store-unavailable',
    `Entry ${entry.number} of the record cannot be read.`,
    'Run `patchboard record verify`; it says whether the record was altered.',
  );
}
