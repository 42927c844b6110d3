import type { ChangeDetail } from '#lib/api/changes/schemas.ts';
import type { ChangeOutcome } from '#lib/domain/change-plan/types.ts';
import type { VersionSets } from '#lib/domain/version-sets/types.ts';
import { setsItem } from '#server/usecases/changes/sets-item.ts';
import type { Ctx } from '#server/usecases/context.ts';

interface End {
  readonly outcome: ChangeOutcome;
  readonly message: string;
  /** The last sets that could be read; null: none. */
  readonly observed: VersionSets | null;
  /** The write was, or may have been, sent: then what was read is the change's own doing. */
  readonly isWritten: boolean;
  /** A watch goes on for its last outcome (`watchLateEffect`). Default false. */
  readonly isOpen?: boolean;
}

/** Surely not written. @param why a sentence */
export function endUnsent(ctx: Ctx, change: ChangeDetail, why: string): Promise<ChangeDetail> {
  const message = `Nothing was sent: ${why}`;
  return endChange(ctx, change, { outcome: 'not-applied', message, observed: null, isWritten: false });
}

/** Records how a change ended, and gives it back as it now stands: as it ended first, where it had. */
export async function endChange(ctx: Ctx, change: ChangeDetail, end: End): Promise<ChangeDetail> {
  const { outcome, message, observed, isWritten } = end;
  const after = observed && setsItem(observed);
  const ended = await ctx.changes.end(change, { outcome, message, after }, isWritten ? observed : null, end.isOpen);
  ctx.log.info(
    { changeId: change.id, namespace: change.namespace, taskQueue: change.taskQueue, outcome: ended.outcome },
    'change ended',
  );
  return ended;
}
