import type { PatchKind } from '#lib/domain/patches/types.ts';

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
