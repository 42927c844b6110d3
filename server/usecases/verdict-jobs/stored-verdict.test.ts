import { describe, expect, it } from 'vitest';
import type { Verdict } from '#lib/api/verdict/schemas.ts';
import { type CensusSnapshot, emptySnapshot } from '#lib/domain/census/snapshot.ts';
import { runOf, taskOf } from '#lib/domain/census/test-runs.ts';
import type { Poller } from '#lib/domain/task-queues/types.ts';
import type { DeclaredFact, FactClaim } from '#lib/domain/verdict/declared-facts.ts';
import { createFakeTemporal } from '#server/usecases/changes/testing/fake-temporal.ts';
import { testCtx } from '#server/usecases/changes/testing/test-ctx.ts';
import { toDeclaration } from '#server/usecases/declarations/to-declaration.ts';
import { storedVerdictOf } from '#server/usecases/verdict-jobs/stored-verdict.ts';
import { askedType, askedVerdict, identityRow } from '#server/usecases/verdict-jobs/testing/played-ask.ts';

/** The evidence lies between these; the answer is read a second later. */
const [FROM_MS, TO_MS, NOW_MS] = [100_000, 101_000, 102_000];
const patch = { kind: 'core', id: 'p' } as const;
const patchTogether: FactClaim = { kind: 'calls-together', patch };

const poller = (over: Partial<Poller>): Poller => ({
  identity: 'w@1',
  taskKind: 'workflow',
  lastPollMs: NOW_MS,
  buildId: 'v2',
  useVersioning: false,
  deploymentVersion: null,
  ...over,
});

function fact(id: string, claim: FactClaim, declaredAtMs = 5): DeclaredFact {
  return { id, declaredBy: 'ana', declaredAtMs, claim };
}

function assumed(...facts: readonly DeclaredFact[]): Verdict['assumptions'] {
  return facts.map((each) => toDeclaration({ note: '', withdrawn: null, ...each }));
}

const safe = (over: Partial<Verdict> = {}): Verdict => {
  const verdict = askedVerdict({ atMs: TO_MS, answer: 'safe', reasons: [], byType: [askedType()], ...over });
  return { ...verdict, evidence: { ...verdict.evidence, from: new Date(FROM_MS).toISOString() } };
};

interface Now {
  readonly verdict?: Verdict;
  readonly pollers?: Readonly<Record<string, readonly Poller[] | 'fails'>>;
  readonly facts?: readonly DeclaredFact[];
  readonly runs?: CensusSnapshot['runs'];
  readonly nowMs?: number;
}

async function read({ verdict = safe(), pollers = {}, facts = [], runs = [], nowMs = NOW_MS }: Now) {
  const { port } = createFakeTemporal();
  const asked: string[] = [];
  const temporal: typeof port = {
    ...port,
    listPollers: async ({ taskQueue }) => {
      asked.push(taskQueue);
      const found = pollers[taskQueue] ?? [];
      if (found === 'fails') throw new Error('unreachable');
      return found;
    },
  };
  const ctx = testCtx(temporal, { now: () => nowMs });
  const snapshot = { ...emptySnapshot('shop'), fromMs: 1, toMs: nowMs, isListComplete: true, runs };
  const stored = { key: 'any', askedBy: 'ci', atMs: TO_MS, body: JSON.stringify(verdict) };
  const told = await storedVerdictOf(ctx, { namespace: 'shop', snapshot, facts }, patch, stored);
  return { told, asked, withdrawn: told?.withdrawn, isExpired: told?.isExpired };
}

describe('a stored answer', () => {
  it('is told as it was given while it holds', async () => {
    const { told } = await read({ pollers: { orders: [poller({})] } });
    expect(told).toEqual({ verdict: safe(), askedBy: 'ci', isExpired: false, withdrawn: null });
  });

  it('expires five minutes after its evidence', async () => {
    expect(await read({ nowMs: TO_MS + 299_999 })).toMatchObject({ isExpired: false });
    const { isExpired, asked } = await read({
      nowMs: TO_MS + 300_000,
      pollers: { orders: [poller({ buildId: 'v3' })] },
    });
    expect({ isExpired, asked }).toEqual({ isExpired: true, asked: [] });
  });

  it.each(['blocked', 'unknown'] as const)('is not withdrawn when it is %s', async (answer) => {
    const { told, asked } = await read({
      verdict: safe({ answer }),
      pollers: { orders: [poller({ buildId: 'v3' })] },
    });
    expect(told).toMatchObject({ isExpired: false, withdrawn: null });
    expect(asked).toEqual([]);
  });

  it.each(['{', 'null', '{"answer":"safe"}'])('of another form is none: %s', async (body) => {
    const ctx = testCtx(createFakeTemporal().port);
    const present = { namespace: 'shop', snapshot: emptySnapshot('shop'), facts: [] };
    expect(await storedVerdictOf(ctx, present, patch, { key: 'k', askedBy: 'ci', atMs: 1, body })).toBeNull();
  });
});

describe('a worker that appeared', () => {
  it.each([
    ['another build', poller({ buildId: 'v3' }), 'v3'],
    ['no build', poller({ buildId: null }), 'w@1'],
    ['the same build under a deployment', poller({ deploymentVersion: 'shop:v2' }), 'shop:v2'],
  ])('withdraws it: %s', async (_what, worker, seen) => {
    expect(await read({ pollers: { orders: [poller({}), worker] } })).toMatchObject({
      withdrawn: { code: 'worker-appeared', seen },
      isExpired: false,
    });
  });

  it('does not when it takes no workflow tasks', async () => {
    const activities = poller({ buildId: 'v3', taskKind: 'activity' });
    expect(await read({ pollers: { orders: [activities] } })).toMatchObject({ withdrawn: null, isExpired: false });
  });

  it('does when its build worked before and did not poll', async () => {
    const byType = [askedType({ identities: [identityRow('v2'), identityRow('v1', { isPolling: false })] })];
    const pollers = { orders: [poller({ buildId: 'v1' })] };
    expect((await read({ verdict: safe({ byType }), pollers })).withdrawn).toMatchObject({ seen: 'v1' });
  });

  it('is looked for on the queues of open runs and of declarations as well', async () => {
    const queues = fact('f', { kind: 'queues', workflowType: 'Order', taskQueues: ['night'] });
    const runs = [
      runOf({ runId: '1', taskQueue: 'fast' }, {}),
      runOf({ runId: '2', taskQueue: 'other', workflowType: 'Refund' }, {}),
    ];
    const verdict = safe({ assumptions: assumed(queues) });
    const { asked, withdrawn } = await read({ verdict, facts: [queues], runs, pollers: { fast: [poller({})] } });
    expect(asked.toSorted()).toEqual(['fast', 'night', 'orders']);
    // A build ID names its code on one queue only.
    expect(withdrawn).toEqual({ code: 'worker-appeared', seen: 'v2' });
  });

  it('is held against its own type: a deployment known to one is news to another', async () => {
    const deployed = { identity: { deploymentVersion: 'd:1', taskQueue: null, buildId: null } } as const;
    const byType = [
      askedType({ taskQueues: ['fast'], identities: [identityRow('', deployed)] }),
      askedType({ workflowType: 'Refund', identities: [identityRow('v2')] }),
    ];
    const runs = [runOf({ runId: '1', taskQueue: 'fast' }, {})];
    const worker = poller({ deploymentVersion: 'd:1' });
    const known = await read({ verdict: safe({ byType }), runs, pollers: { fast: [worker], orders: [poller({})] } });
    expect(known).toMatchObject({ withdrawn: null, isExpired: false });
    const news = await read({ verdict: safe({ byType }), runs, pollers: { orders: [poller({}), worker] } });
    expect(news.withdrawn).toMatchObject({ seen: 'd:1' });
  });

  it('without a build is known where a floor of its queue cleared one', async () => {
    const floor = fact('f', {
      kind: 'floor',
      taskQueue: 'orders',
      patch,
      workflowType: null,
      call: 'deprecate-patch',
      version: null,
      sinceMs: 0,
    });
    const byType = [askedType({ identities: [identityRow('v2'), identityRow('', { identity: null })] })];
    const unnamed = poller({ buildId: '' });
    const cleared = { verdict: safe({ byType, assumptions: assumed(floor) }), facts: [floor] };
    expect((await read({ ...cleared, pollers: { orders: [unnamed] } })).withdrawn).toBeNull();
    const runs = [runOf({ runId: '1', taskQueue: 'fast' }, {})];
    expect((await read({ ...cleared, runs, pollers: { fast: [unnamed] } })).withdrawn).toMatchObject({
      code: 'worker-appeared',
    });
  });

  it('cannot be ruled out when a queue cannot be read, or none is known: expired', async () => {
    expect(await read({ pollers: { orders: 'fails' } })).toMatchObject({ isExpired: true, withdrawn: null });
    const byType = [askedType({ taskQueues: [], identities: [] })];
    expect(await read({ verdict: safe({ byType }) })).toMatchObject({ isExpired: true, withdrawn: null });
    const runs = Array.from({ length: 200 }, (_, index) => runOf({ runId: `${index}`, taskQueue: `q${index}` }, {}));
    expect(await read({ runs })).toMatchObject({ isExpired: true, asked: [] });
  });

  it('counts though another queue cannot be read', async () => {
    const runs = [runOf({ runId: '1', taskQueue: 'fast' }, {})];
    const pollers = { orders: 'fails', fast: [poller({ buildId: 'v9' })] } as const;
    expect(await read({ runs, pollers })).toMatchObject({ isExpired: false, withdrawn: { seen: 'v9' } });
  });
});

describe('a declaration that changed', () => {
  const trusted = fact('trust', { kind: 'ids-name-one-code', taskQueue: null });

  it('withdraws an answer that assumed it', async () => {
    const verdict = safe({ assumptions: assumed(trusted) });
    expect((await read({ verdict, facts: [trusted] })).withdrawn).toBeNull();
    expect(await read({ verdict, facts: [] })).toMatchObject({
      withdrawn: { code: 'declaration-changed', seen: 'trust' },
    });
  });

  const other = { kind: 'core', id: 'other' } as const;
  const since: readonly (readonly [string, FactClaim, boolean])[] = [
    ['a callback in use', { kind: 'callback', use: 'in-use' }, true],
    ['calls of this patch', patchTogether, true],
    ['calls of every patch', { kind: 'calls-together', patch: null }, true],
    ['calls of another patch', { kind: 'calls-together', patch: other }, false],
    ['types of this patch', { kind: 'types', patch, workflowTypes: ['Order'] }, true],
    ['types of another patch', { kind: 'types', patch: other, workflowTypes: ['Order'] }, false],
    ['the id in the other kind', { kind: 'types', patch: { kind: 'version', id: 'p' }, workflowTypes: ['O'] }, false],
    ['queues of its type', { kind: 'queues', workflowType: 'Order', taskQueues: ['night'] }, true],
    ['queues of another type', { kind: 'queues', workflowType: 'Refund', taskQueues: ['night'] }, false],
    [
      'a manifest with the patch',
      {
        kind: 'manifest',
        identity: { deploymentVersion: 'd:1', taskQueue: null, buildId: null },
        patches: [{ kind: 'core', id: 'p', workflowType: null, call: 'none' }],
      },
      true,
    ],
    [
      'a manifest without it',
      { kind: 'manifest', identity: { deploymentVersion: 'd:1', taskQueue: null, buildId: null }, patches: [] },
      false,
    ],
  ];
  it.each(since)('since the evidence began: %s', async (_what, claim, isAbout) => {
    const { withdrawn } = await read({ facts: [fact('new', claim, FROM_MS + 1)] });
    expect(withdrawn).toEqual(isAbout ? { code: 'declaration-changed', seen: 'new' } : null);
    expect((await read({ facts: [fact('old', claim, FROM_MS)] })).withdrawn).toBeNull();
  });
});

describe('a run that was reset', () => {
  const reset = (startTimeMs: number, over: { workflowType?: string } = {}) =>
    runOf({ runId: 'r', startTimeMs, ...over }, { tasks: [taskOf({ startedEventId: 3, timeMs: FROM_MS - 50_000 })] });

  it('withdraws the answer', async () => {
    expect((await read({ runs: [reset(TO_MS + 1)] })).withdrawn).toEqual({ code: 'run-reset', seen: 'workflow-r' });
  });

  it.each([
    ['before the evidence ended', reset(TO_MS)],
    ['of another type', reset(TO_MS + 1, { workflowType: 'Refund' })],
    [
      'begun anew',
      runOf({ runId: 'r', startTimeMs: TO_MS + 1 }, { tasks: [taskOf({ startedEventId: 3, timeMs: TO_MS + 1 })] }),
    ],
    ['not read', runOf({ runId: 'r', startTimeMs: TO_MS + 1 }, null)],
  ])('does not when it is %s', async (_what, run) => {
    expect((await read({ runs: [run] })).withdrawn).toBeNull();
  });
});
