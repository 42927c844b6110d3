import { describe, expect, it } from 'vitest';
import { type ReasonFacts, remediesFor, type Remedy } from '#lib/domain/verdict/remedies.ts';
import { REASON_ORDER } from '#lib/domain/verdict/reason-order.ts';

const build = { deploymentVersion: null, taskQueue: 'orders', buildId: '1.0' } as const;
const deployment = { deploymentVersion: 'shop:7', taskQueue: null, buildId: null } as const;
const patch = { kind: 'core', id: 'my-patch' } as const;

const reasonOf = (code: string, parts: Partial<ReasonFacts> = {}): ReasonFacts => ({
  code,
  workers: [{ identity: build, taskQueue: 'orders' }],
  examples: [],
  workflowTypes: ['Order'],
  ...parts,
});
const claims = (remedies: readonly Remedy[]) =>
  remedies.flatMap((remedy) => (remedy.kind === 'declare' ? [remedy.claim] : []));

describe('remediesFor', () => {
  it('has something to do for every reason', () => {
    for (const code of REASON_ORDER) {
      expect(remediesFor(reasonOf(code), { name: 'deprecate' }, 'my-patch'), code).not.toEqual([]);
    }
  });

  it('has nothing to say about a code that it does not know', () => {
    for (const code of ['of-the-future', 'toString'])
      expect(remediesFor(reasonOf(code), { name: 'remove' }, 'p')).toEqual([]);
  });

  it.each([
    [{ name: 'deprecate' }, { patch, call: 'patched', version: null }],
    [{ name: 'remove' }, { patch, call: 'deprecate-patch', version: null }],
    [
      { name: 'raise-min', version: 2 },
      { patch: { ...patch, kind: 'version' }, call: null, version: 2 },
    ],
  ] as const)('workers of unknown code, before %j: the floor is what the change needs', (question, floor) => {
    const found = claims(remediesFor(reasonOf('worker-not-known'), question, 'my-patch'));
    expect(found).toContainEqual({ kind: 'ids-name-one-code', taskQueue: 'orders' });
    expect(found).toContainEqual({
      kind: 'floor',
      taskQueue: 'orders',
      workflowType: null,
      sinceMs: Infinity,
      ...floor,
    });
    expect(found.find(({ kind }) => kind === 'manifest')).toMatchObject({ identity: build });
  });

  it('a floor is not offered before drop-call, which it can not settle', () => {
    const found = claims(remediesFor(reasonOf('worker-not-known'), { name: 'drop-call', version: 3 }, 'my-patch'));
    expect(found.map(({ kind }) => kind)).toEqual(['ids-name-one-code', 'manifest']);
  });

  it('a deployment version belongs to no queue, and a worker without build ID has none to trust', () => {
    const ids = (identity: ReasonFacts['workers'][number]['identity']) =>
      claims(
        remediesFor(
          reasonOf('worker-not-known', { workers: [{ identity, taskQueue: 'orders' }] }),
          { name: 'remove' },
          'p',
        ),
      ).filter(({ kind }) => kind === 'ids-name-one-code');
    expect(ids(deployment)).toEqual([{ kind: 'ids-name-one-code', taskQueue: null }]);
    expect(ids(null)).toEqual([]);
  });

  it('runs that may be on the old branch: wait, or tell of the queues where they are', () => {
    const reason = reasonOf('may-hold-old-branch', { workers: [], examples: [{ taskQueue: 'a' }, { taskQueue: 'a' }] });
    const remedies = remediesFor(reason, { name: 'deprecate' }, 'my-patch');
    expect(remedies[0]).toEqual({ kind: 'wait-for-runs' });
    expect(claims(remedies).filter(({ kind }) => kind === 'floor')).toHaveLength(1);
  });

  it('each suspect identity is confirmed once', () => {
    const workers = [
      { identity: build, taskQueue: 'orders' },
      { identity: build, taskQueue: 'orders' },
      { identity: deployment, taskQueue: 'orders' },
    ];
    const found = claims(remediesFor(reasonOf('identity-suspect', { workers }), { name: 'deprecate' }, 'p'));
    expect(found).toEqual([
      { kind: 'identity-confirmed', identity: build },
      { kind: 'identity-confirmed', identity: deployment },
    ]);
  });

  it('a list of types begins with those that recorded the patch', () => {
    const [types] = claims(remediesFor(reasonOf('types-not-declared'), { name: 'remove' }, 'my-patch', ['Order']));
    expect(types).toEqual({ kind: 'types', patch, workflowTypes: ['Order'] });
  });

  it('never offers more drafts of one kind than a reader can weigh', () => {
    const workers = Array.from({ length: 40 }, (_, index) => ({
      identity: { ...build, taskQueue: `q${index}` },
      taskQueue: `q${index}`,
    }));
    const found = claims(remediesFor(reasonOf('worker-not-known', { workers }), { name: 'remove' }, 'p'));
    expect(found.filter(({ kind }) => kind === 'floor')).toHaveLength(5);
  });

  it.each([
    [{ name: 'deprecate' }, { kind: 'core', call: 'patched' }],
    [{ name: 'remove' }, { kind: 'core', call: 'deprecate-patch' }],
    [
      { name: 'raise-min', version: 2 },
      { kind: 'version', version: 2 },
    ],
  ] as const)('a manifest says what the change needs, before %j', (question, entry) => {
    const found = claims(remediesFor(reasonOf('worker-not-known'), question, 'my-patch'));
    expect(found.filter(({ kind }) => kind === 'manifest')).toEqual([
      { kind: 'manifest', identity: build, patches: [{ id: 'my-patch', workflowType: null, ...entry }] },
    ]);
  });

  it('a worker without build ID beside others is no hindrance to trust theirs', () => {
    const workers = [
      { identity: null, taskQueue: 'a' },
      { identity: build, taskQueue: 'orders' },
    ];
    const ids = (all: ReasonFacts['workers']) =>
      claims(remediesFor(reasonOf('worker-not-known', { workers: all }), { name: 'remove' }, 'p')).filter(
        ({ kind }) => kind === 'ids-name-one-code',
      );
    expect(ids(workers)).toEqual(['a', 'orders'].map((taskQueue) => ({ kind: 'ids-name-one-code', taskQueue })));
    // One deployment version among them needs the namespace's declaration.
    expect(ids([...workers, { identity: deployment, taskQueue: 'b' }])).toEqual([
      { kind: 'ids-name-one-code', taskQueue: null },
    ]);
  });

  it('queues and calls are declared for the types and the patch that lack them', () => {
    const types = { workflowTypes: ['Order', 'Order', 'Refund'] };
    for (const code of ['no-poller', 'queues-not-known']) {
      expect(claims(remediesFor(reasonOf(code, types), { name: 'remove' }, 'p'))).toEqual([
        { kind: 'queues', workflowType: 'Order', taskQueues: [] },
        { kind: 'queues', workflowType: 'Refund', taskQueues: [] },
      ]);
    }
    expect(claims(remediesFor(reasonOf('calls-not-declared'), { name: 'remove' }, 'my-patch'))).toEqual([
      { kind: 'calls-together', patch },
    ]);
    expect(claims(remediesFor(reasonOf('types-not-declared'), { name: 'remove' }, 'my-patch'))).toEqual([
      { kind: 'types', patch, workflowTypes: [] },
    ]);
  });
});
