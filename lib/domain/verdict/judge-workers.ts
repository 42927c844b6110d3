import { isFencedWorker, isTargetToCome } from '#lib/domain/verdict/fence.ts';
import type { Holders, Holding, Moment } from '#lib/domain/verdict/holders.ts';
import { identityOfWorker, isSameIdentity } from '#lib/domain/verdict/identity.ts';
import type { PatchQuestion } from '#lib/domain/verdict/question.ts';
import type { ReasonCode, TargetBuild, WorkerExample, WorkerSeen } from '#lib/domain/verdict/types.ts';

interface WorkersFrame {
  readonly question: PatchQuestion;
  readonly holders: Holders;
  readonly target: TargetBuild | null;
}

/** A poller polls now: whatever holds since some moment holds for it. Later than any date; "never" is `Infinity`. */
export const NOW_MS = Number.MAX_SAFE_INTEGER;

/** Whoever may work on the type's runs while and after the code changes, under each reason that it gives. */
export function judgeWorkers(
  workers: readonly WorkerSeen[],
  frame: WorkersFrame,
): ReadonlyMap<ReasonCode, readonly WorkerExample[]> {
  const found = new Map<ReasonCode, WorkerExample[]>();
  for (const worker of workers) {
    if (isApart(worker, frame.target)) continue;
    const code = reasonAgainst(worker, { ...frame, lastPollMs: lastPollOf(worker, workers) });
    if (code !== null) found.set(code, [...(found.get(code) ?? []), exampleOf(worker)]);
  }
  return found;
}

/** What it does never comes to the changed code, or it is the changed code. */
export function isApart(worker: WorkerSeen, target: TargetBuild | null): boolean {
  return isFencedWorker(worker, target) || isTargetToCome(worker, target);
}

/**
 * When workers of the code polled last: what holds since some moment holds for them if they polled since. Of a build that routing
 * names and that nobody runs, or ran since, a floor says nothing: a worker of it may come back.
 */
function lastPollOf(worker: WorkerSeen, workers: readonly WorkerSeen[]): number {
  if (!worker.isRouted) return worker.lastPollMs ?? NOW_MS;
  const identity = identityOfWorker(worker);
  const polls = workers.flatMap((other) => {
    const isSame = !other.isRouted && isSameIdentity(identityOfWorker(other), identity);
    return isSame ? [other.lastPollMs ?? NOW_MS] : [];
  });
  return Math.max(-Infinity, ...polls);
}

function reasonAgainst(
  worker: WorkerSeen,
  { question, holders, lastPollMs }: WorkersFrame & { readonly lastPollMs: number },
): ReasonCode | null {
  const identity = identityOfWorker(worker);
  const now: Moment = { taskQueue: worker.taskQueue, timeMs: lastPollMs };
  switch (question.name) {
    case 'deprecate':
      return codeOf(holders.holdsCall(identity, now), 'worker-lacks-call');
    case 'remove':
      return codeOf(holders.deprecates(identity, now), 'worker-writes-live');
    case 'raise-min':
    case 'drop-call': {
      const call = holders.holdsCall(identity, now);
      const records = holders.recordsOnly(identity, now, question);
      if (call === 'lacks') return 'worker-lacks-call';
      if (records === 'lacks') return 'worker-writes-other-version';
      return codeOf(call, 'worker-lacks-call') ?? codeOf(records, 'worker-writes-other-version');
    }
  }
}

function codeOf(holding: Holding, whenLacking: ReasonCode): ReasonCode | null {
  switch (holding) {
    case 'yes':
      return null;
    case 'lacks':
      return whenLacking;
    case 'suspect':
      return 'identity-suspect';
    case 'calls':
      return 'calls-not-declared';
    case 'not-known':
      return 'worker-not-known';
  }
}

function exampleOf(worker: WorkerSeen): WorkerExample {
  const { taskQueue, pollers, lastPollMs } = worker;
  return { identity: identityOfWorker(worker), taskQueue, pollers, lastPollMs };
}
