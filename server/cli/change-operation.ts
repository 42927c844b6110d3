import { z } from 'zod';
import { operationSchema } from '#lib/api/changes/schemas.ts';
import type { VersionSetOperation } from '#lib/domain/version-sets/types.ts';

/** The options of `change` that say what to do; each of the first five is one operation. */
export interface OperationOptions {
  readonly addNewDefault?: string;
  readonly addCompatible?: string;
  readonly promoteSet?: string;
  readonly promoteBuild?: string;
  readonly mergeSets?: string;
  readonly with?: string;
  readonly asQueueDefault?: true;
}

/** The one operation that the options name, or the sentence that says what is wrong with them. */
export function operationFrom(options: OperationOptions): VersionSetOperation | { readonly problem: string } {
  const wishes = wishesOf(options);
  const [wish] = wishes;
  if (!wish || wishes.length > 1) {
    return {
      problem: 'give exactly one of --add-new-default, --add-compatible, --promote-set, --promote-build, --merge-sets',
    };
  }
  const needsWith = wish.kind === 'add-new-compatible' || wish.kind === 'merge-sets';
  if (needsWith !== (options.with !== undefined)) {
    return { problem: needsWith ? 'this needs --with BUILD' : '--with belongs to --add-compatible and --merge-sets' };
  }
  if (options.asQueueDefault && wish.kind !== 'add-new-compatible') {
    return { problem: '--as-queue-default belongs to --add-compatible' };
  }
  const parsed = operationSchema.safeParse(wish);
  return parsed.success ? parsed.data : { problem: z.prettifyError(parsed.error) };
}

function wishesOf(options: OperationOptions): VersionSetOperation[] {
  const { addNewDefault, addCompatible, promoteSet, promoteBuild, mergeSets } = options;
  const other = options.with ?? '';
  const asQueueDefault = options.asQueueDefault ?? false;
  const wishes: VersionSetOperation[] = [];
  if (addNewDefault !== undefined) wishes.push({ kind: 'add-new-default', buildId: addNewDefault });
  if (addCompatible !== undefined) {
    wishes.push({ kind: 'add-new-compatible', newBuildId: addCompatible, existingBuildId: other, asQueueDefault });
  }
  if (promoteSet !== undefined) wishes.push({ kind: 'promote-set', buildId: promoteSet });
  if (promoteBuild !== undefined) wishes.push({ kind: 'promote-within-set', buildId: promoteBuild });
  if (mergeSets !== undefined) wishes.push({ kind: 'merge-sets', primaryBuildId: mergeSets, secondaryBuildId: other });
  return wishes;
}
