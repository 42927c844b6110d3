import type { VersionSetOperation, VersionSetOperationKind } from '#lib/domain/version-sets/types.ts';
import { escapeText } from '#lib/format/escape-text.ts';
import { truncateMiddle } from '#lib/format/truncate-middle.ts';

/** What of a build ID a button can hold. */
const BUTTON_GLYPHS = 24;

/** The dialog's title: the wish, before its details. */
export const OPERATION_TITLES: Readonly<Record<VersionSetOperationKind, string>> = {
  'add-new-default': 'Add a new set',
  'add-new-compatible': 'Add a build to a set',
  'promote-set': 'Promote a set for new runs',
  'promote-within-set': 'Make a build its set’s default',
  'merge-sets': 'Merge two sets',
};

/** What the operation does, for whoever does not know it by name. */
export const OPERATION_ABOUT: Readonly<Record<VersionSetOperationKind, string>> = {
  'add-new-default':
    'The build ID becomes a set of its own and the queue default: new runs start on it. Open runs stay.',
  'add-new-compatible': 'The build ID joins the set and becomes its default: it takes over the set’s open runs.',
  'promote-set': 'The set becomes the queue default: new runs start on its default build. Open runs stay.',
  'promote-within-set': 'The build becomes the default of its set: it takes over the set’s open runs.',
  'merge-sets': 'Two sets become one. Runs of both are served by one default build from then on.',
};

/** The last button, named after what it does. */
export function applyWords(operation: VersionSetOperation): string {
  switch (operation.kind) {
    case 'add-new-default':
      return `Add ${short(operation.buildId)} for new runs`;
    case 'add-new-compatible':
      return `Add ${short(operation.newBuildId)} beside ${short(operation.existingBuildId)}`;
    case 'promote-set':
      return `Promote ${short(operation.buildId)} for new runs`;
    case 'promote-within-set':
      return `Make ${short(operation.buildId)} set default`;
    case 'merge-sets':
      return `Merge ${short(operation.secondaryBuildId)} into ${short(operation.primaryBuildId)}`;
  }
}

function short(buildId: string): string {
  return truncateMiddle(escapeText(buildId), BUTTON_GLYPHS);
}
