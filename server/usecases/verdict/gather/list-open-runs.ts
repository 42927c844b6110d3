import type { RunSummary } from '#lib/domain/census/types.ts';
import type { Gathering } from '#server/usecases/verdict/gather/gather-evidence.ts';
import { listRuns } from '#server/usecases/verdict/gather/list-runs.ts';
import { openRunsOfType } from '#server/usecases/verdict/gather/searches.ts';
import type { TypeFile } from '#server/usecases/verdict/gather/type-file.ts';

/**
 * Lists the open runs of each type into its file, one type after another.
 * @param onPage called after each page; true ends the listing of all types
 */
export async function listOpenRuns(
  { ctx, asked, budget, interner, files }: Gathering,
  onPage: (file: TypeFile, runs: readonly RunSummary[]) => boolean | Promise<boolean>,
): Promise<void> {
  for (const file of files) {
    let isEnough = false;
    const addPage = async (runs: readonly RunSummary[]) => {
      file.addOpen(runs);
      isEnough = await onPage(file, runs);
      return isEnough;
    };
    const search = { namespace: asked.namespace, interner, ...openRunsOfType(file.workflowType), onPage: addPage };
    const { isComplete } = await listRuns(ctx, search, budget);
    if (isEnough) return;
    file.setListed(isComplete);
  }
}
