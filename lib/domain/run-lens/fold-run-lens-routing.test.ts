import { describe, expect, it } from 'vitest';
import { type Body, completed, failed, scheduled, stamp, started, taken } from '#lib/domain/run-lens/testing/events.ts';
import { factsAfterStart, fold } from '#lib/domain/run-lens/testing/fold.ts';

const facts = factsAfterStart;

const one = stamp('one');
const inSet = stamp('one', { useVersioning: true });

describe('what decides where the run goes', () => {
  it('is a reset, with both runs', () => {
    expect(
      facts(completed(one), scheduled, taken(one), failed('RESET_WORKFLOW', 'because', 'new', 'base')),
    ).toMatchObject([{ kind: 'tasks-completed' }, { kind: 'reset', fromRunId: 'base', newRunId: 'new' }]);
  });

  it('is an override and a pin, told when they change', () => {
    const deployed = stamp('1', { deploymentVersion: 'd:1' });
    expect(
      facts(
        completed(deployed, { isPinned: true }),
        completed(deployed, { isPinned: true }),
        { type: 'options-updated', versioningOverride: 'd:2' },
        { type: 'options-updated', versioningOverride: null },
        completed(deployed),
      ),
    ).toMatchObject([
      { kind: 'tasks-completed' },
      { kind: 'pinned', to: 'd:1' },
      { kind: 'tasks-completed' },
      { kind: 'override', to: 'd:2' },
      { kind: 'override', to: null },
      { kind: 'tasks-completed' },
      { kind: 'pinned', to: null },
    ]);
  });

  it('is how it closed, and the run that follows', () => {
    const close = (more: Partial<Extract<Body, { type: 'workflow-execution-closed' }>>): Body => ({
      type: 'workflow-execution-closed',
      status: 'continued-as-new',
      newRunId: 'next',
      ...more,
    });
    const end = (more: Parameters<typeof close>[0]) => fold(started(), completed(inSet), close(more)).at(-1);
    expect(end({ next: { taskQueue: 'orders', keepsBuild: true } })).toMatchObject({
      author: { buildId: 'one' },
      fact: { kind: 'closed', status: 'continued-as-new', newRunId: 'next', isByReset: false, leavesBuild: false },
    });
    expect(end({ next: { taskQueue: 'orders', keepsBuild: false } })?.fact).toMatchObject({ leavesBuild: true });
    expect(end({ next: { taskQueue: 'elsewhere', keepsBuild: false } })?.fact).toMatchObject({ leavesBuild: false });
    expect(end({ status: 'terminated', newRunId: null, isByReset: true })).toMatchObject({
      author: null,
      fact: { status: 'terminated', isByReset: true },
    });
  });
});

describe('commands that leave the run’s version set', () => {
  const activity = (taskQueue: string, keepsBuild: boolean): Body => ({
    type: 'activity-scheduled',
    activityType: 'ship',
    taskQueue,
    keepsBuild,
  });
  const child: Body = {
    type: 'child-workflow-initiated',
    workflowType: 'Refund',
    taskQueue: 'orders',
    keepsBuild: false,
  };

  it('are told with their type', () => {
    expect(facts(completed(inSet), activity('orders', false), child)).toEqual([
      { kind: 'tasks-completed' },
      { kind: 'leaves-build', command: 'activity', name: 'ship', taskQueue: 'orders' },
      { kind: 'leaves-build', command: 'child-workflow', name: 'Refund', taskQueue: 'orders' },
    ]);
  });

  it.each([
    ['that keep the build', inSet, activity('orders', true)],
    ['on another queue, where no build can be kept', inSet, activity('elsewhere', false)],
    ['of an unversioned worker', one, activity('orders', false)],
    ['of a deployment', stamp('1', { useVersioning: true, deploymentVersion: 'd:1' }), child],
  ])('are not those %s', (_, worker, command) => {
    expect(facts(completed(worker), command)).toEqual([{ kind: 'tasks-completed' }]);
  });

  it('of a loop are counted, with the tasks around them', () => {
    const turn = [completed(inSet), activity('orders', false)];
    expect(fold(started(), ...turn, ...turn, ...turn).map((entry) => [entry.count, entry.lastEventId])).toEqual([
      [1, 1],
      [3, 6],
      [3, 7],
    ]);
  });
});
