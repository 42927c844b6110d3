import { parseBuildIdValue } from '#lib/domain/census/build-id-values.ts';
import type { RunSummary } from '#lib/domain/census/types.ts';
import { markersOf } from '#lib/domain/verdict/classify-run.ts';
import type { IdentityName } from '#lib/domain/verdict/declared-facts.ts';
import { canBeTrusted } from '#lib/domain/verdict/holders.ts';
import { hashesCode, identityKey, identityOfTask, identityOfWorker } from '#lib/domain/verdict/identity.ts';
import { isLabelOf } from '#lib/domain/verdict/question.ts';
import type { Gathering } from '#server/usecases/verdict/gather/gather-evidence.ts';
import type { TypeFile } from '#server/usecases/verdict/gather/type-file.ts';

/**
 * Closed runs read for each identity: one shows what a hashed code writes; of a declared build ID a second one may show that it
 * names two codes.
 */
const WITNESSES_OF_HASHED = 1;
const WITNESSES_OF_DECLARED = 2;

/** Identities asked about at a time: a type has a handful of builds, and each costs histories. */
const IDENTITIES_MAX = 20;

type IdentitiesOf = (gathering: Gathering, file: TypeFile) => Iterable<IdentityName | null>;

/** Those that poll: what they recorded in closed runs says what their code does, though no open run may have come so far. */
export const pollingIdentities: IdentitiesOf = ({ workers }, file) =>
  workers.workersOf(file.queues()).map(identityOfWorker);

/** Those that worked on open runs without the marker and may poll no more: their own markers may stand in closed runs alone. */
export const identitiesAtWork: IdentitiesOf = ({ asked, histories }, file) =>
  file.judged('open').flatMap(({ runId }) => {
    const facts = histories.factsOf(runId);
    return facts === null || markersOf(facts, asked).length > 0 ? [] : facts.tasks.map(identityOfTask);
  });

/** Reads the newest closed runs that carry the patch's label and were worked on by these identities. */
export async function findWitnesses(gathering: Gathering, identitiesOf: IdentitiesOf): Promise<void> {
  const { asked, histories, files } = gathering;
  for (const file of files) {
    const identities = new Map<string, IdentityName>();
    // A set first: ten thousand runs name a few.
    for (const identity of new Set(identitiesOf(gathering, file))) {
      if (identities.size >= IDENTITIES_MAX) break;
      if (identity !== null && canBeTrusted(identity, asked.facts)) identities.set(identityKey(identity), identity);
    }
    const wanted = [...identities.values()].flatMap((identity) => newestOf(identity, file, asked));
    file.addWitnesses(wanted);
    await histories.read([...new Map(wanted.map((run) => [run.runId, run])).values()]);
  }
}

function newestOf(
  identity: IdentityName,
  file: TypeFile,
  { question, patchId }: Gathering['asked'],
): readonly RunSummary[] {
  const most = hashesCode(identity) ? WITNESSES_OF_HASHED : WITNESSES_OF_DECLARED;
  return file
    .closed()
    .filter((run) => run.labels.some((label) => isLabelOf(label, question, patchId)) && wasWorkedOnBy(run, identity))
    .toSorted((a, b) => (b.closeTimeMs ?? 0) - (a.closeTimeMs ?? 0))
    .slice(0, most);
}

/** BuildIds finds the runs; what counts is who completed tasks in their histories. */
function wasWorkedOnBy(run: RunSummary, { deploymentVersion, taskQueue, buildId }: IdentityName): boolean {
  if (taskQueue !== null && run.taskQueue !== taskQueue) return false;
  return run.buildIds.some((value) => {
    const build = parseBuildIdValue(value)?.buildId;
    if (build === undefined) return false;
    if (deploymentVersion === null) return build === buildId;
    return build === deploymentVersion || build === deploymentVersion.slice(deploymentVersion.indexOf(':') + 1);
  });
}
