import { emptySnapshot } from '#lib/domain/census/snapshot.ts';
import type { Ctx } from '#server/usecases/context.ts';

/** For commands about one queue: counting its sets costs a few calls, a census would read the whole namespace for nothing. */
export function withoutCensus(ctx: Ctx): Ctx {
  return {
    ...ctx,
    census: {
      ...ctx.census,
      snapshot: emptySnapshot,
      nextPass: async (namespace) => emptySnapshot(namespace),
    },
  };
}
