import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import type { RunFacts, TaskFact } from '#lib/domain/census/types.ts';
import { judgePatch } from '#lib/domain/verdict/judge-patch.ts';
import { worlds } from '#lib/domain/verdict/testing/worlds.ts';
import type { Evidence } from '#lib/domain/verdict/types.ts';

const MANY = 1_500;

/** Which runs block, written from the rules' text alone, slow and plain; for facts that speak of no single code. */
function blockingRunsByTheText(world: Evidence): readonly string[] {
  const { question, patchId } = world;
  const declares = (kind: string, use?: string) =>
    world.facts.some(
      ({ claim }) => claim.kind === kind && (use === undefined || ('use' in claim && claim.use === use)),
    );
  const areIdsDeclared = (isDeployed: boolean) =>
    world.facts.some(({ claim }) => claim.kind === 'ids-name-one-code' && (claim.taskQueue === null || !isDeployed));
  const kind = question.name === 'deprecate' || question.name === 'remove' ? 'core' : 'version';
  const everyRun = world.types.flatMap(({ runs, witnesses }) => [...runs, ...witnesses]);

  const nameOf = ({ worker }: TaskFact) => worker.deploymentVersion ?? worker.buildId ?? '';
  const isDeployed = (name: string) => name.includes(':');
  const own = (facts: RunFacts) => facts.markers.filter((each) => each.kind === kind && each.id === patchId);
  const writer = (facts: RunFacts, completed: number) =>
    facts.tasks.find((task) => task.completedEventId === completed);

  /** What a name wrote, as `type kind id what`. */
  const wrote = (name: string): readonly string[][] =>
    everyRun.flatMap(({ summary, facts }) =>
      (facts?.markers ?? []).flatMap((each) => {
        const task = facts === null ? undefined : writer(facts, each.workflowTaskCompletedEventId);
        if (task === undefined || nameOf(task) !== name) return [];
        return [
          [summary.workflowType, each.kind, each.id, String(each.kind === 'core' ? each.deprecated : each.version)],
        ];
      }),
    );
  const isOneCode = (name: string) => {
    const isNamed = name.startsWith('@temporalio/worker@') || areIdsDeclared(isDeployed(name));
    const all = wrote(name);
    return (
      isNamed &&
      all.every(([, k, id, what]) => all.every(([, k2, id2, what2]) => k !== k2 || id !== id2 || what === what2))
    );
  };
  const wroteHere = (name: string, type: string) =>
    wrote(name)
      .filter(([t, k, id]) => t === type && k === kind && id === patchId)
      .map(([, , , what]) => what);
  const hasPassed = (name: string, type: string) =>
    everyRun.some(({ summary, facts }) => {
      const live =
        facts === null ? undefined : own(facts).find((each) => each.kind === 'core' && each.deprecated === false);
      if (facts === null || live === undefined || summary.workflowType !== type) return false;
      const from = live.workflowTaskCompletedEventId;
      const by = writer(facts, from);
      if (by === undefined || nameOf(by) === '' || nameOf(by) === name) return false;
      return facts.tasks.some((task) => nameOf(task) === name && Number(task.completedEventId) > from);
    });
  /** Shown to have the call, or one declaration away from it. */
  const mayHold = (task: TaskFact, type: string) => {
    const name = nameOf(task);
    return name !== '' && isOneCode(name) && (wroteHere(name, type).length > 0 || hasPassed(name, type));
  };
  /** Old versions that still poll beside the changed code: nobody asks what they have, so each may have a call. */
  const apart = (type: string) =>
    world.types
      .flatMap(({ workflowType, workers }) => (workflowType === type ? workers : []))
      .filter(({ isRouted }) => world.target !== null && !isRouted)
      .flatMap(({ deploymentVersion }) => deploymentVersion ?? [])
      .filter((name) => name !== world.target?.build && name.split(':')[1] !== world.target?.build);
  const codesWithCall = (type: string) => {
    const names = everyRun.flatMap(({ facts }) => (facts?.tasks ?? []).map(nameOf));
    const callers = names.filter((name) => name !== '' && (wroteHere(name, type).length > 0 || hasPassed(name, type)));
    return new Set([...callers, ...apart(type)]).size;
  };
  /** `false`: it writes live markers or nothing tells; `null`: one declaration away. */
  const deprecates = (task: TaskFact, type: string): boolean | null => {
    const name = nameOf(task);
    const here = wroteHere(name, type);
    if (name === '' || here.includes('false') || !here.includes('true') || !isOneCode(name)) return false;
    if (isSuspect(name, type)) return null;
    return codesWithCall(type) > 1 && !declares('calls-together') ? null : true;
  };
  const isSuspect = (name: string, type: string) => {
    if (name.startsWith('@temporalio/worker@')) return false;
    const inType = everyRun.flatMap(({ summary, facts }) => (summary.workflowType === type && facts ? [facts] : []));
    const done = inType.flatMap(({ tasks }) => tasks.filter((task) => nameOf(task) === name));
    const sdks = new Set(done.flatMap((task) => (task.completedEventId === null ? [] : (task.sdkVersion ?? []))));
    const proofs = inType.flatMap((facts) => {
      const marks = own(facts).flatMap((each) => writer(facts, each.workflowTaskCompletedEventId) ?? []);
      return marks.filter((task) => nameOf(task) === name);
    });
    const first = Math.min(...done.map((task) => task.timeMs));
    return sdks.size > 1 || (proofs.length > 0 && Math.min(...proofs.map((task) => task.timeMs)) - first > 3_600_000);
  };

  /** Of a task that is under way nobody may be named: that is not known, and does not block. */
  const isNamed = (task: TaskFact, tasks: readonly TaskFact[]) =>
    task.completedEventId !== null ||
    (nameOf(task) !== '' &&
      (task.worker.deploymentVersion !== null || tasks.every(({ worker }) => worker.deploymentVersion === null)));
  const mayHoldOldBranch = (tasks: readonly TaskFact[], type: string) =>
    !tasks.filter((task) => isNamed(task, tasks)).every((task) => mayHold(task, type)) ||
    declares('callback', 'in-use');

  const blocks = ({ summary, facts }: CensusRun): boolean => {
    const type = summary.workflowType;
    if (facts === null || facts.unreadable.length > 0 || facts.tasks.length === 0) return false;
    if (world.target !== null && facts.pinnedByWorker !== null && facts.pinnedByWorker !== world.target.build)
      return false;
    const markers = own(facts);
    const last = facts.tasks[facts.tasks.length - 1];
    const completed = facts.tasks.filter((task) => task.completedEventId !== null);
    const lastCompleted = completed[completed.length - 1];
    const isGoingOn = last !== undefined && last !== lastCompleted;
    if (question.name === 'raise-min' || question.name === 'drop-call') {
      const { name, version } = question;
      if (markers.length > 0)
        return markers.some((each) =>
          name === 'raise-min' ? Number(each.version) < version : each.version !== version,
        );
      if (mayHoldOldBranch(facts.tasks, type)) return true;
      // Whoever has the task may still record a version that goes.
      return (
        isGoingOn &&
        isNamed(last, facts.tasks) &&
        wroteHere(nameOf(last), type).some((what) =>
          name === 'raise-min' ? Number(what) < version : Number(what) !== version,
        )
      );
    }
    if (question.name === 'remove') {
      if (markers.length > 0) return markers.some((each) => each.deprecated === false);
      const isDone = lastCompleted !== undefined && deprecates(lastCompleted, type) === true;
      const isSafeHand = isGoingOn && isNamed(last, facts.tasks) && deprecates(last, type) === true;
      if (isDone && (!isGoingOn || isSafeHand)) return false;
      return (
        mayHoldOldBranch(facts.tasks, type) ||
        (isGoingOn && isNamed(last, facts.tasks) && deprecates(last, type) === false)
      );
    }
    if (markers.length === 0) return mayHoldOldBranch(facts.tasks, type);
    const live = markers.find((each) => each.deprecated === false);
    // One place with `deprecate_patch` tells nothing of the others, though no other code were known.
    const isDone =
      lastCompleted !== undefined && deprecates(lastCompleted, type) === true && declares('calls-together');
    const isSafeHand = isGoingOn && isNamed(last, facts.tasks) && mayHold(last, type) && !isSoft(last, type);
    if (isDone && (!isGoingOn || isSafeHand)) return false;
    const from = (live ?? markers[0])?.workflowTaskCompletedEventId ?? NaN;
    const before = completed.filter((task) => Number(task.completedEventId) < from);
    const upTo = completed.filter((task) => Number(task.completedEventId) <= from);
    // TypeScript may turn from `false` to `true`; of the SDKs in these worlds Python alone does not.
    const areFalseKept = live !== undefined && upTo.every((task) => task.sdkName === 'temporal-python');
    if (before.length === 0 || areFalseKept) return false;
    return mayHoldOldBranch(before, type);
  };
  const isSoft = (task: TaskFact, type: string) =>
    isSuspect(nameOf(task), type) || (codesWithCall(type) > 1 && !declares('calls-together'));

  const isJudged = ({ summary, facts }: CensusRun) =>
    world.policy === 'retention' || (summary.closeTimeMs === null && !(facts?.isClosed ?? false));
  /** Of a patch that was never seen in the type nothing is in the way. */
  const isSeen = ({ isRemembered, runs, witnesses }: Evidence['types'][number]) =>
    isRemembered ||
    [...runs, ...witnesses].some(
      ({ summary, facts }) =>
        (facts !== null && own(facts).length > 0) ||
        summary.labels.some((label) =>
          kind === 'core'
            ? label === patchId
            : label.startsWith(`${patchId}-`) && /^-?\d+$/.test(label.slice(patchId.length + 1)),
        ),
    );
  return world.types
    .filter(isSeen)
    .flatMap(({ runs }) => runs.filter(isJudged).filter(blocks))
    .map(({ summary }) => summary.runId)
    .toSorted();
}

const BY_RUNS: readonly string[] = ['marker-live', 'may-hold-old-branch', 'version-below-min', 'version-differs'];

it('blocks by exactly the runs that the rules name', () => {
  const seen = { some: 0, none: 0 };
  fc.assert(
    fc.property(worlds({ arePlain: true }), (world) => {
      const expected = blockingRunsByTheText(world);
      seen[expected.length > 0 ? 'some' : 'none'] += 1;
      const verdict = judgePatch(world);
      const named = verdict.reasons
        .filter(({ code }) => BY_RUNS.includes(code))
        .flatMap(({ examples }) => examples.map(({ runId }) => runId));
      expect(named.toSorted()).toEqual(expected);
      if (expected.length > 0) expect(verdict.answer).toBe('blocked');
    }),
    { numRuns: MANY },
  );
  // The worlds are worth something only when both are common.
  expect(seen.some).toBeGreaterThan(MANY * 0.2);
  expect(seen.none).toBeGreaterThan(MANY * 0.2);
});
