import type { Gathering } from '#server/usecases/verdict/gather/gather-evidence.ts';
import { listRuns } from '#server/usecases/verdict/gather/list-runs.ts';
import { runsStartedOrClosedSince } from '#server/usecases/verdict/gather/searches.ts';
import type { TypeFile } from '#server/usecases/verdict/gather/type-file.ts';

/** Visibility lags by seconds, and more under load: runs that began or ended this long before the gathering may have been unlisted. */
const LAG_MS = 2 * 60_000;

/** A type that starts runs faster than they can be read is never read whole: then the list is incomplete, and says so. */
const ROUNDS_MAX = 5;

/**
 * The other bracket: runs that began meanwhile are read too, until no new one appears, and then the workers once more. Who polled
 * only in between stays listed for five minutes and is in the union. A run that ended between the list of closed runs and that of
 * open ones stands in neither: it comes here, and its queue with it.
 */
export async function closeEvidence(gathering: Gathering): Promise<void> {
  const { asked, budget, histories, workers, files, tell } = gathering;
  tell('closing');
  for (let round = 0; ; round += 1) {
    const queuesBefore = new Set(files.flatMap((file) => file.queues()));
    let hasNews = false;
    for (const file of files) hasNews = (await listNews(gathering, file)) || hasNews;
    const newQueues = files.flatMap((file) => file.queues()).filter((name) => !queuesBefore.has(name));
    // A queue that appears now needs its first reading before its runs are read.
    if (newQueues.length > 0) await workers.read(newQueues);
    if (!hasNews) break;
    if (round === ROUNDS_MAX || budget.isOver()) {
      for (const file of files) file.setIncomplete();
      break;
    }
    await histories.read(files.flatMap((file) => file.judged(asked.policy)));
  }
  await workers.read([]);
}

/** @returns whether the list named a run to be judged that was not known */
async function listNews({ ctx, asked, budget, interner, fromMs }: Gathering, file: TypeFile): Promise<boolean> {
  const { namespace, policy } = asked;
  const search = { namespace, interner, ...runsStartedOrClosedSince(file.workflowType, fromMs - LAG_MS) };
  const { runs, isComplete } = await listRuns(ctx, search, budget);
  if (!isComplete) file.setIncomplete();
  file.addQueues(runs.map((run) => run.taskQueue));
  const closed = new Set(file.closed().map(({ runId }) => runId));
  const news = runs.filter(({ runId }) => !file.hasOpen(runId) && !closed.has(runId));
  const open = news.filter((run) => run.closeTimeMs === null);
  file.addOpen(open);
  file.addClosed(news.filter((run) => run.closeTimeMs !== null));
  return (policy === 'retention' ? news : open).length > 0;
}
