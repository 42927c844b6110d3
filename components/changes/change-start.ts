import type { Change, ChangeWish } from '#lib/api/changes/schemas.ts';
import { nextUndoStep, undoOf } from '#lib/domain/change-plan/undo.ts';
import type { VersionSetOperation } from '#lib/domain/version-sets/types.ts';
import { OPERATION_ABOUT, OPERATION_TITLES } from '#lib/format/change-words.ts';
import { operationWords } from '#lib/format/plan-words.ts';

/** What of a change its taking back needs to know. */
export type UndoneChange = Pick<Change, 'id' | 'taskQueue' | 'operation' | 'before'>;

/** How the dialog of a change begins. */
export type ChangeStart =
  /** An operation as its button knows it; what is missing is asked for. */
  | { readonly kind: 'choose'; readonly operation: VersionSetOperation }
  /** Straight to the plan that takes a change back. */
  | { readonly kind: 'undo'; readonly change: UndoneChange }
  /** Straight to the plan of one of several operations that are wanted in a row. */
  | {
      readonly kind: 'series';
      readonly operations: readonly [VersionSetOperation, ...VersionSetOperation[]];
      /** Which of them, from 0. */
      readonly at: number;
      readonly reason: string;
    };

/** The step that follows when this one is stored. */
export interface NextStart {
  readonly words: string;
  readonly start: ChangeStart;
}

export function operationOf(start: ChangeStart): VersionSetOperation {
  switch (start.kind) {
    case 'choose':
      return start.operation;
    case 'undo':
      return start.change.operation;
    case 'series':
      return start.operations[start.at] ?? start.operations[0];
  }
}

/** What the plan is asked for. `chosen`: the operation as the form has it by now. */
export function wishOf(start: ChangeStart, chosen: VersionSetOperation): ChangeWish {
  return start.kind === 'undo' ? { undoOf: start.change.id } : chosen;
}

/** The dialog's title and the line under it. `planned`: the operation of the plan, once there is one. */
export function titleOf(
  start: ChangeStart,
  planned: VersionSetOperation | null,
): { readonly title: string; readonly about: string } {
  const operation = operationOf(start);
  const about = OPERATION_ABOUT[operation.kind];
  switch (start.kind) {
    case 'choose':
      return { title: planned === null ? OPERATION_TITLES[operation.kind] : operationWords(planned), about };
    case 'undo':
      return {
        title: `Undo: ${operationWords(operation)}`,
        about: 'A change of its own: work goes where it went before. Temporal removes no set and no build ID.',
      };
    case 'series':
      return {
        title: `Step ${start.at + 1} of ${start.operations.length}: ${operationWords(operation)}`,
        about,
      };
  }
}

/** What comes after `start` was stored and Temporal holds `after`; null: it was the last step. */
export function nextAfter(start: ChangeStart, after: Change['after']): NextStart | null {
  switch (start.kind) {
    case 'choose':
      return null;
    case 'undo':
      return nextUndo(start, after);
    case 'series': {
      const at = start.at + 1;
      if (at >= start.operations.length) return null;
      return { words: `Next: step ${at + 1} of ${start.operations.length}`, start: { ...start, at } };
    }
  }
}

/** A change that altered two facts is taken back in two steps; the server plans the one that is still open. */
function nextUndo(start: Extract<ChangeStart, { kind: 'undo' }>, after: Change['after']): NextStart | null {
  const { before, operation } = start.change;
  const undo = undoOf({ sets: before }, operation);
  if (after === null || undo.kind === 'none' || undo.operations.length < 2) return null;
  if (nextUndoStep({ sets: before }, operation, { sets: after }).kind !== 'operation') return null;
  return { words: `Next: step 2 of ${undo.operations.length}`, start };
}
