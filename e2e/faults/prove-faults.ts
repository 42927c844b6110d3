import { countOf, type FaultCounts, laneMatrix, phaseList } from '#e2e/faults/fault-matrix.ts';
import { endAll } from '#e2e/faults/follow-change.ts';
import type { Ended, Struck } from '#e2e/faults/judge.ts';
import { LIFTED_LIMITS } from '#e2e/faults/lifted-limits.ts';
import { openPatchboard, type Patchboard, portAt } from '#e2e/faults/patchboard.ts';
import { startPersistedServer } from '#e2e/faults/persisted-server.ts';
import type { Phase } from '#e2e/faults/phases.ts';
import { startPlayingFrontend } from '#e2e/faults/playing-frontend.ts';
import { type RecordCounts, recordCounts } from '#e2e/faults/record-counts.ts';
import { openRig, type Rig, type RigLane } from '#e2e/faults/rig.ts';
import { runKill } from '#e2e/faults/run-kill.ts';
import { runLaneFault } from '#e2e/faults/run-lane-faults.ts';
import { PLAYED_FAULTS, type PlayedFault, runPlayedFault } from '#e2e/faults/run-played-faults.ts';
import { runRestart } from '#e2e/faults/run-restart.ts';
import type { Scenario } from '#e2e/faults/scenarios.ts';
import { shuffled, workOff } from '#e2e/faults/work-off.ts';
import { startTemporalServer } from '#e2e/harness/temporal-server.ts';

export interface FaultOptions extends FaultCounts {
  /** Changes under way at once; where one fault strikes many, it strikes so many. */
  readonly lanes: number;
  readonly say: (text: string) => void;
}

export interface FaultProof {
  readonly ended: readonly Ended[];
  readonly record: RecordCounts;
}

/** One change and its queue, which no other change has. */
interface Subject {
  readonly taskQueue: string;
  readonly scenario: Scenario;
}

const NAMESPACE = 'faults';

/** Faults under which Patchboard goes on, of the network and of what stands before Temporal; on the newest server. */
export async function proveInterruptions(options: FaultOptions): Promise<FaultProof> {
  await using server = await startTemporalServer({ version: 'newest', dynamicConfig: LIFTED_LIMITS });
  await using rig = await openRig({ address: server.address, namespace: NAMESPACE, lanes: options.lanes });
  // As long as the changes that go through them are looked at.
  await using parts = new AsyncDisposableStack();
  // Awaited here, and below: server and rig end with the function.
  return await onStore(rig, 'interrupted', true, async (patchboard) => {
    const next = subjectsOf(rig);
    const laneJobs = laneMatrix(options).map(
      (job) => (lane: RigLane) => runLaneFault(rig, patchboard, lane, { ...job, ...next() }),
    );
    options.say(`${laneJobs.length} faults of the network …`);
    const ofLanes = await workOff(laneJobs, rig.lanes);

    const fronts = await Promise.all(rig.lanes.map(() => openFront(rig, parts)));
    const playedJobs = playedFaults(options).map(
      (fault) => (front: Front) => runPlayedFault(rig, patchboard, front, { fault, ...next() }),
    );
    options.say(`${playedJobs.length} of a frontend that plays false …`);
    return [...ofLanes, ...(await workOff(playedJobs, fronts))];
  });
}

/** SIGKILL of Patchboard, again and again; on the newest server. */
export async function proveKills(options: FaultOptions): Promise<FaultProof> {
  await using server = await startTemporalServer({ version: 'newest', dynamicConfig: LIFTED_LIMITS });
  await using rig = await openRig({ address: server.address, namespace: NAMESPACE, lanes: options.lanes });
  return await onStore(rig, 'killed', false, (patchboard) =>
    inRounds(rig, options, 'SIGKILL of Patchboard', (jobs) => runKill(rig, patchboard, rig.storePath('killed'), jobs)),
  );
}

/** SIGKILL and restart of the server, which keeps its data; on the oldest server that Patchboard promises to work with. */
export async function proveRestarts(options: FaultOptions): Promise<FaultProof> {
  await using server = await startPersistedServer();
  await using rig = await openRig({ address: server.address, namespace: NAMESPACE, lanes: options.lanes });
  return await onStore(rig, 'restarted', true, (patchboard) =>
    inRounds(rig, options, 'server restart', (jobs) => runRestart(rig, patchboard, server, jobs)),
  );
}

/** Where nobody serves meanwhile, a process that does comes at last: it brings everything to its end. */
async function onStore(
  rig: Rig,
  name: string,
  isServing: boolean,
  strike: (patchboard: Patchboard) => Promise<readonly Struck[]>,
): Promise<FaultProof> {
  const place = { address: rig.address, namespace: rig.namespace, storePath: rig.storePath(name) };
  await using patchboard = await openPatchboard({ ...place, isServing });
  const struck = await strike(patchboard);
  await using last = await openPatchboard({ ...place, isServing: true });
  const ended = await endAll(last, rig, struck);
  return { ended, record: await recordCounts(place.storePath) };
}

/** A fault that strikes every lane's change at once, in as many rounds as the counts want. What missed is not made up for. */
async function inRounds(
  rig: Rig,
  options: FaultOptions,
  what: string,
  round: (jobs: (Subject & { readonly phase: Phase })[]) => Promise<readonly (Struck | null)[]>,
): Promise<Struck[]> {
  const next = subjectsOf(rig);
  const phases = shuffled(phaseList(options));
  const rounds = Math.ceil(phases.length / rig.lanes.length);
  options.say(`${phases.length} changes struck by ${what}, in ${rounds} rounds …`);
  const struck: Struck[] = [];
  for (let number = 0; number < rounds; number += 1) {
    // Even rounds: phases.length changes over them, none alone in the last.
    const jobs = phases.filter((_, index) => index % rounds === number).map((phase) => ({ phase, ...next() }));
    struck.push(...(await round(jobs)).filter((one) => one !== null));
  }
  return struck;
}

type Front = Parameters<typeof runPlayedFault>[2];

async function openFront(rig: Rig, parts: AsyncDisposableStack): Promise<Front> {
  const frontend = parts.use(await startPlayingFrontend(rig.tap.address));
  const port = portAt(frontend.address, rig.namespace);
  parts.defer(() => port.close());
  return { frontend, port };
}

function playedFaults(counts: FaultCounts): PlayedFault[] {
  return (Object.keys(PLAYED_FAULTS) as PlayedFault[]).flatMap((fault) =>
    Array.from({ length: countOf(PLAYED_FAULTS[fault], counts) }, () => fault),
  );
}

/** All operations in turn, each on a queue of its own. */
function subjectsOf({ scenarios }: Rig): () => Subject {
  let number = 0;
  return () => {
    const scenario = scenarios[number % scenarios.length];
    if (!scenario) throw new Error('no scenario');
    number += 1;
    return { taskQueue: `queue-${number}`, scenario };
  };
}
