/** A workflow as steps, and the codes that are made of it. Branches of a patch are chosen by a code, everything else is common. */

export type Op =
  | { readonly kind: 'command'; readonly name: number }
  /** For a signal or timer: the workflow task ends here. */
  | { readonly kind: 'wait' }
  /** A place where some code calls a patch. */
  | { readonly kind: 'place'; readonly place: number }
  | { readonly kind: 'loop'; readonly times: number; readonly body: readonly Op[] }
  /** By the run's input, the same in every code. */
  | { readonly kind: 'if'; readonly bit: number; readonly body: readonly Op[] }
  | { readonly kind: 'continue-as-new' };

export interface Place {
  /** Index of the patch; 0 is the one that the question is about. */
  readonly patch: number;
  /** Branches. Core: old, new. GetVersion: DefaultVersion, 1, 2 and on. */
  readonly bodies: readonly (readonly Op[])[];
}

export interface Program {
  readonly ops: readonly Op[];
  readonly places: readonly Place[];
}

/** What a code has at one place. `old` and `new`: no call and that branch; `guarded`: `patched` with an error for its old branch. */
export type Form =
  | { readonly kind: 'old' | 'patched' | 'guarded' | 'deprecated' | 'new' }
  | { readonly kind: 'version'; readonly min: number; readonly max: number }
  | { readonly kind: 'fixed'; readonly version: number };

export interface Code {
  readonly name: string;
  /** By workflow type, then by place. */
  readonly forms: readonly (readonly Form[])[];
}

export const OLD: Form = { kind: 'old' };
export const PATCHED: Form = { kind: 'patched' };
export const GUARDED: Form = { kind: 'guarded' };
export const DEPRECATED: Form = { kind: 'deprecated' };
export const NEW: Form = { kind: 'new' };

/** GetVersion's DefaultVersion. */
export const DEFAULT_VERSION = -1;

/** Index into a place's bodies. */
export function bodyOfVersion(version: number): number {
  return version === DEFAULT_VERSION ? 0 : version;
}

/** How an SDK answers and remembers. `sends-always`: it tells Core of a call that it answered with `false` on replay. */
export type Style = 'keeps-false' | 'forgets-false' | 'sends-always' | 'version';

export interface Sdk {
  /** As histories tell it; null: they do not. */
  readonly name: string | null;
  readonly style: Style;
  /** False: a Core before the label came. */
  readonly writesLabels: boolean;
  /** Bytes of each patch id as a JSON string. */
  readonly idBytes: readonly number[];
}

/** Commands that end a run, beside the program's own from 0 on. */
export const COMPLETE = -1;
export const CONTINUE_AS_NEW = -2;
