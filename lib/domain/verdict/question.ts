import type { PatchKind, PatchRef } from '#lib/domain/patches/types.ts';

/**
 * What one asks before a change of code, per patch and workflow type:
 * `deprecate` before the old branch goes and `deprecate_patch` takes its place, `remove` before `deprecate_patch` goes,
 * `raise-min` before GetVersion's minSupported becomes `version`, `drop-call` before a GetVersion call goes and the branch of `version` stays.
 */
export type PatchQuestion =
  | { readonly name: 'deprecate' }
  | { readonly name: 'remove' }
  | { readonly name: 'raise-min'; readonly version: number }
  | { readonly name: 'drop-call'; readonly version: number };

export type QuestionName = PatchQuestion['name'];

/** The kind follows from the question: only `core` patches can be deprecated, only `version` patches have versions. */
export function patchKindOf(question: QuestionName): PatchKind {
  switch (question) {
    case 'deprecate':
    case 'remove':
      return 'core';
    case 'raise-min':
    case 'drop-call':
      return 'version';
  }
}

export function patchOf(question: PatchQuestion, patchId: string): PatchRef {
  return { kind: patchKindOf(question.name), id: patchId };
}

const VERSION = /^-?\d+$/;

/**
 * Is this value of TemporalChangeVersion the label of the patch? Exact, case included (SQLite's query is not). GetVersion's
 * label is `<change id>-<version>`; asking from the known id avoids parsing ids that themselves end in hyphens or digits.
 */
export function isLabelOf(label: string, question: PatchQuestion, patchId: string): boolean {
  if (patchKindOf(question.name) === 'core') return label === patchId;
  return label.startsWith(`${patchId}-`) && VERSION.test(label.slice(patchId.length + 1));
}
