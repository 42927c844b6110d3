import { allEnded } from '#server/usecases/verdict/gather/all-ended.ts';
import type { Gathering } from '#server/usecases/verdict/gather/gather-evidence.ts';
import { type ClosedOfType, findSchedules, listClosed } from '#server/usecases/verdict/gather/queues-of-type.ts';
import type { TypeFile } from '#server/usecases/verdict/gather/type-file.ts';
import { findWitnesses, pollingIdentities } from '#server/usecases/verdict/gather/witnesses.ts';

/** Every queue that serves the types, beside those of their open runs. */
export async function findQueues(gathering: Gathering): Promise<void> {
  const { ctx, asked, budget, files } = gathering;
  const types = new Set(files.map((file) => file.workflowType));
  if (types.size > 0) {
    const search = findSchedules(ctx, asked.namespace, types, budget);
    const [schedules] = await allEnded([search, setClosedOfEach(gathering)]);
    for (const file of files) file.addSchedules(schedules);
  }
  for (const file of files) file.addDeclaredQueues(asked.facts);
}

/** What comes before the first history: who polls the queues, then what those recorded. */
export async function readWorkers(gathering: Gathering): Promise<void> {
  const { workers, files, tell } = gathering;
  tell('workers');
  await workers.read(files.flatMap((file) => file.queues()));
  tell('histories');
  await findWitnesses(gathering, pollingIdentities);
}

async function setClosedOfEach(gathering: Gathering): Promise<void> {
  for (const file of gathering.files) file.setClosed(await closedOf(gathering, file));
}

export function closedOf({ ctx, asked, budget, interner }: Gathering, file: TypeFile): Promise<ClosedOfType> {
  const { namespace, policy } = asked;
  const input = { namespace, workflowType: file.workflowType, interner, queues: file.queues() };
  return listClosed(ctx, { ...input, isAll: policy === 'retention' }, budget);
}
