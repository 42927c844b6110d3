import { z } from 'zod';
import { type ChangeWish, operationSchema } from '#lib/api/changes/schemas.ts';

/** The options of `change` that say what to do; each of the first six is one wish. */
export interface OperationOptions {
  readonly addNewDefault?: string;
  readonly addCompatible?: string;
  readonly promoteSet?: string;
  readonly promoteBuild?: string;
  readonly mergeSets?: string;
  readonly undo?: string;
  readonly with?: string;
  readonly asQueueDefault?: true;
}

/** The one wish that the options name, or the sentence that says what is wrong with them. */
export function operationFrom(options: OperationOptions): ChangeWish | { readonly problem: string } {
  const wishes = wishesOf(options);
  const [wish] = wishes;
  if (!wish || wishes.length > 1) {
    return {
      problem:
        'give exactly one of --add-new-default, --add-compatible, --promote-set, --promote-build, --merge-sets, --undo',
    };
  }
  const kind = 'kind' in wish ? wish.kind : 'undo';
  const needsWith = kind === 'add-new-compatible' || kind === 'merge-sets';
  if (needsWith !== (options.with !== undefined)) {
    return { problem: needsWith ? 'this needs --with BUILD' : '--with belongs to --add-compatible and --merge-sets' };
  }
  if (options.asQueueDefault && kind !== 'add-new-compatible') {
    return { problem: '--as-queue-default belongs to --add-compatible' };
  }
  if ('undoOf' in wish) return wish.undoOf === '' ? { problem: '--undo needs the id of a change' } : wish;
  const parsed = operationSchema.safeParse(wish);
  return parsed.success ? parsed.data : { problem: z.prettifyError(parsed.error) };
}

function wishesOf(options: OperationOptions): ChangeWish[] {
  const { addNewDefault, addCompatible, promoteSet, promoteBuild, mergeSets, undo } = options;
  const other = options.with ?? '';
  const asQueueDefault = options.asQueueDefault ?? false;
  const wishes: ChangeWish[] = [];
  if (addNewDefault !== undefined) wishes.push({ kind: 'add-new-default', buildId: addNewDefault });
  if (addCompatible !== undefined) {
    wishes.push({ kind: 'add-new-compatible', newBuildId: addCompatible, existingBuildId: other, asQueueDefault });
  }
  if (promoteSet !== undefined) wishes.push({ kind: 'promote-set', buildId: promoteSet });
  if (promoteBuild !== undefined) wishes.push({ kind: 'promote-within-set', buildId: promoteBuild });
  if (mergeSets !== undefined) wishes.push({ kind: 'merge-sets', primaryBuildId: mergeSets, secondaryBuildId: other });
  if (undo !== undefined) wishes.push({ undoOf: undo });
  return wishes;
}
