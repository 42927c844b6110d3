import { formatDuration } from '#lib/format/relative-time.ts';
import type { CliDeps } from '#server/cli/command.ts';
import type { Ctx } from '#server/usecases/context.ts';

/** After this a reader wants to know that something goes on. */
const SILENT_MS = 2_000;

/** One pass of the census over a namespace; says on standard error that it reads when that takes time. */
export async function makePicture(ctx: Ctx, namespace: string, deps: CliDeps, signal: AbortSignal): Promise<void> {
  const startMs = ctx.now();
  const speak = () => {
    const { runs, historiesRead } = ctx.census.snapshot(namespace);
    const spent = formatDuration(ctx.now() - startMs);
    deps.writeError(`Reading open runs and their histories: ${historiesRead} of ${runs.length}, ${spent} so far.\n`);
  };
  const progress = setInterval(speak, SILENT_MS);
  try {
    await ctx.census.nextPass(namespace, signal);
  } finally {
    clearInterval(progress);
  }
}
