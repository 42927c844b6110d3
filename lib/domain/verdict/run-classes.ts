import type { ClassCounts } from '#lib/domain/verdict/types.ts';

/** Every class, in the order in which a reader meets them. */
export const NO_CLASSES: ClassCounts = {
  'marker-live': 0,
  'may-hold-old-branch': 0,
  'label-full': 0,
  'version-refused': 0,
  unknown: 0,
  'marker-deprecated': 0,
  'version-kept': 0,
  survived: 0,
  'not-reached': 0,
  proven: 0,
  'no-task-yet': 0,
  fenced: 0,
};
