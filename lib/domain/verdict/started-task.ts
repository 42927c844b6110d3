import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import type { RunFacts, TaskFact } from '#lib/domain/census/types.ts';
import { identityOfTask } from '#lib/domain/verdict/identity.ts';

/** Temporal lists a poller for five minutes after its last poll; one of them is left for clocks. */
const LISTED_MS = 4 * 60_000;

/**
 * Is this a started task of which Temporal does not say whose it is? In a version set WorkflowTaskStarted carries no stamp, in a
 * deployment none (1.32) or one without the deployment version (1.29). Who completes a task is always said.
 */
export function isUnnamed(task: TaskFact, facts: RunFacts): boolean {
  if (task.completedEventId !== null) return false;
  if (identityOfTask(task) === null) return true;
  return task.worker.deploymentVersion === null && facts.tasks.some(({ worker }) => worker.deploymentVersion !== null);
}

/** The same facts, where a task that nobody is named for has no build: what its stamp says may be another worker's name. */
export function withoutUnnamed(facts: RunFacts): RunFacts {
  const last = facts.tasks.at(-1);
  if (last === undefined || last.worker.buildId === null || !isUnnamed(last, facts)) return facts;
  return { ...facts, tasks: [...facts.tasks.slice(0, -1), { ...last, worker: { ...last.worker, buildId: null } }] };
}

/**
 * A run without a started task that nobody is named for, where whoever has it is among the workers that were read: the rule about
 * workers then speaks for it. Such a worker polled when the task started, and pollers stay listed for minutes.
 * @param workersFromMs when the workers were first read, epoch ms; undefined: they were not
 */
export function withoutCoveredTask(run: CensusRun, workersFromMs: number | undefined): CensusRun {
  const { facts } = run;
  const last = facts?.tasks.at(-1);
  if (facts === null || last === undefined || workersFromMs === undefined) return run;
  if (!isUnnamed(last, facts) || last.timeMs < workersFromMs - LISTED_MS) return run;
  return { ...run, facts: { ...facts, tasks: facts.tasks.slice(0, -1) } };
}
