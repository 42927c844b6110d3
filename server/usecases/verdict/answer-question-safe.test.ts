import { describe, expect, it } from 'vitest';
import type { Poller } from '#lib/domain/task-queues/types.ts';
import { answerKey } from '#server/usecases/verdict/answer-key.ts';
import { answerQuestion, type QuestionInput } from '#server/usecases/verdict/answer-question.ts';
import { createFakeNamespaces, type FakeNamespaces } from '#server/usecases/verdict/testing/fake-namespaces.ts';
import { fakeRun } from '#server/usecases/verdict/testing/fake-run.ts';
import { codesOf, ctxOf, deprecation, removal } from '#server/usecases/verdict/testing/questions.ts';

const DEPRECATOR = `@temporalio/worker@1.24.0+${'ab'.repeat(32)}`;
const LIVE = `@temporalio/worker@1.24.0+${'cd'.repeat(32)}`;
const sdk = 'temporal-typescript';

function polls(buildId: string | null, identity = 'worker'): Poller {
  return { identity, taskKind: 'workflow', lastPollMs: 1, buildId, useVersioning: false, deploymentVersion: null };
}

/** A deprecated run open, its worker polling: everything that `remove` needs. */
function safeWorld(): FakeNamespaces {
  const fake = createFakeNamespaces();
  fake.add('default', fakeRun('a', { sdk, buildId: DEPRECATOR, marker: { id: 'my-patch', deprecated: true } }));
  fake.pollers.set('queue', [polls(DEPRECATOR)]);
  return fake;
}

const ofType: QuestionInput = { ...removal, workflowType: 'T' };

describe('answerQuestion, where it may say safe', () => {
  it('says safe when every run and every worker is shown to be clear', async () => {
    const check = await answerQuestion(ctxOf(safeWorld()), ofType);
    expect(check.reasons).toEqual([]);
    expect(check).toMatchObject({ answer: 'safe', classes: { survived: 1 }, evidence: { policy: 'open' } });
    expect(Date.parse(check.validUntil ?? '') - Date.parse(check.evidence.to ?? '')).toBe(5 * 60_000);
  });

  it('keeps the answer, and nothing of a question with assumptions of its own', async () => {
    const ctx = ctxOf(safeWorld());
    await answerQuestion(ctx, { ...ofType, assumedBuilds: ['x'] });
    expect(await ctx.store.listAnswers('default', 0)).toEqual([]);
    await answerQuestion(ctx, ofType);
    expect(await ctx.store.findAnswer('default', answerKey(ofType))).toMatchObject({ askedBy: 'test' });
  });

  it.each<[string, (fake: FakeNamespaces) => void, string]>([
    [
      'a worker that nothing is known of',
      (fake) => fake.pollers.set('queue', [polls(DEPRECATOR), polls('x')]),
      'worker-not-known',
    ],
    ['no worker at all', (fake) => fake.pollers.clear(), 'no-poller'],
    [
      'an activity worker alone',
      (fake) => fake.pollers.set('queue', [{ ...polls(DEPRECATOR), taskKind: 'activity' }]),
      'no-poller',
    ],
    [
      'a worker on a queue that only a closed run shows',
      (fake) => {
        fake.add('default', fakeRun('closed', { sdk, taskQueue: 'second', closeMs: 2_000 }));
        fake.pollers.set('second', [polls('x')]);
      },
      'worker-not-known',
    ],
    [
      'a worker on a queue that only a schedule shows',
      (fake) => {
        fake.schedules.push({ scheduleId: 's', workflowType: 'T', taskQueue: 'nightly' });
        fake.pollers.set('nightly', [polls('x')]);
      },
      'worker-not-known',
    ],
  ])('is unknown for %s', async (_name, change, code) => {
    const fake = safeWorld();
    change(fake);
    const check = await answerQuestion(ctxOf(fake), ofType);
    expect(check.answer).toBe('unknown');
    expect(codesOf(check)).toEqual([code]);
  });

  it('learns from a closed run what a polling build writes', async () => {
    const fake = safeWorld();
    fake.pollers.set('queue', [polls(DEPRECATOR), polls(LIVE)]);
    fake.add(
      'default',
      fakeRun('closed', { sdk, buildId: LIVE, closeMs: 2_000, marker: { id: 'my-patch', deprecated: false } }),
    );
    const check = await answerQuestion(ctxOf(fake), ofType);
    expect(check.answer).toBe('blocked');
    // Two codes recorded the patch now, so whether its calls came together matters too.
    expect(codesOf(check)).toEqual(['worker-writes-live', 'calls-not-declared']);
  });

  it.each(['answer', 'full'] as const)('never calls a typing error blocked, asked for %s', async (mode) => {
    const fake = createFakeNamespaces();
    fake.add('default', fakeRun('plain'));
    fake.pollers.set('queue', [polls('v1')]);
    const check = await answerQuestion(ctxOf(fake), { ...deprecation, mode, workflowType: 'T', patchId: 'my-pacth' });
    expect(check).toMatchObject({ answer: 'unknown', isStoppedAtBlocker: false });
    expect(codesOf(check)).toContain('never-seen');
  });

  it('learns from a closed run what a build that polls no more had', async () => {
    const fake = createFakeNamespaces();
    fake.add('default', fakeRun('waits', { sdk, buildId: LIVE }));
    fake.add('default', fakeRun('marked', { sdk, buildId: DEPRECATOR, marker: { id: 'my-patch', deprecated: false } }));
    fake.pollers.set('queue', [polls(DEPRECATOR)]);
    const ask = async () => (await answerQuestion(ctxOf(fake), { ...deprecation, workflowType: 'T' })).classes;
    expect(await ask()).toMatchObject({ 'may-hold-old-branch': 1 });
    const closed = { sdk, buildId: LIVE, closeMs: 2_000, marker: { id: 'my-patch', deprecated: false } };
    fake.add('default', fakeRun('closed', closed));
    // One declaration away now: two builds recorded the patch.
    expect(await ask()).toMatchObject({ 'may-hold-old-branch': 0, unknown: 1 });
  });

  it('finds the queue of a closed run beyond the newest page', async () => {
    const fake = safeWorld();
    fake.pageSize = () => 1;
    for (const id of ['c1', 'c2']) fake.add('default', fakeRun(id, { sdk, closeMs: 3_000 }));
    fake.add('default', fakeRun('far', { sdk, taskQueue: 'far', closeMs: 2_000 }));
    fake.pollers.set('far', [polls('x')]);
    const check = await answerQuestion(ctxOf(fake), ofType);
    expect(codesOf(check)).toEqual(['worker-not-known']);
    expect(check.notes).toContainEqual({ code: 'closed-not-looked-at', count: 3, examples: [] });
  });

  it('reads a run that begins while histories are read', async () => {
    const fake = safeWorld();
    let isAdded = false;
    fake.onCall = ({ runId }) => {
      if (runId === undefined || isAdded) return;
      isAdded = true;
      const startMs = Date.now();
      fake.add(
        'default',
        fakeRun('new', { sdk, startMs, buildId: LIVE, marker: { id: 'my-patch', deprecated: false } }),
      );
    };
    const check = await answerQuestion(ctxOf(fake), ofType);
    expect(check.answer).toBe('blocked');
    expect(check.reasons[0]).toMatchObject({ code: 'marker-live', examples: [{ runId: 'new' }] });
  });

  it('counts a worker that polled only at the beginning', async () => {
    const fake = safeWorld();
    fake.pollers.set('queue', [polls(DEPRECATOR), polls('gone-soon')]);
    fake.onCall = ({ runId }) => {
      if (runId !== undefined) fake.pollers.set('queue', [polls(DEPRECATOR)]);
    };
    expect(codesOf(await answerQuestion(ctxOf(fake), ofType))).toEqual(['worker-not-known']);
  });

  it('takes an assumed carrier for this question alone, and prints it', async () => {
    const fake = safeWorld();
    fake.pollers.set('queue', [polls(DEPRECATOR), polls('v7')]);
    const ctx = ctxOf(fake);
    const together = { kind: 'calls-together', patch: null } as const;
    await ctx.store.declareFact('default', {
      id: '1',
      declaredBy: 'alice',
      declaredAtMs: 1,
      note: '',
      claim: together,
    });
    expect(codesOf(await answerQuestion(ctx, ofType))).toEqual(['worker-not-known']);
    const check = await answerQuestion(ctx, { ...ofType, assumedBuilds: ['v7'] });
    expect(check.answer).toBe('safe');
    expect(check.byNamespace[0]?.assumptions.map(({ declaredBy }) => declaredBy)).toEqual([
      '--assume-carrier',
      'alice',
    ]);
  });

  it('judges closed runs under policy retention, and says when the last of them leaves', async () => {
    const fake = safeWorld();
    fake.add(
      'default',
      fakeRun('closed', { sdk, buildId: LIVE, closeMs: 2_000, marker: { id: 'my-patch', deprecated: false } }),
    );
    fake.pollers.set('queue', [polls(DEPRECATOR)]);
    const check = await answerQuestion(ctxOf(fake), { ...ofType, policy: 'retention' });
    expect(check.answer).toBe('blocked');
    expect(check.byNamespace[0]?.lastClosedLeaves).toBe(new Date(2_000 + 86_400_000).toISOString());
    expect((await answerQuestion(ctxOf(fake), ofType)).answer).toBe('safe');
  });

  it('goes on from what the store remembers: later events only, and nothing of a closed run', async () => {
    const fake = safeWorld();
    fake.add(
      'default',
      fakeRun('closed', { sdk, buildId: DEPRECATOR, closeMs: 2_000, marker: { id: 'my-patch', deprecated: true } }),
    );
    const ctx = ctxOf(fake);
    await answerQuestion(ctx, ofType);
    expect(fake.historiesRead.toSorted()).toEqual(['a', 'closed']);
    expect((await answerQuestion(ctx, ofType)).answer).toBe('safe');
    expect(fake.historiesRead.toSorted()).toEqual(['a', 'a', 'closed']);
  });

  it('keeps what saves a call the next time: closed runs, and histories longer than a page', async () => {
    const fake = safeWorld();
    const marker = { id: 'my-patch', deprecated: true };
    fake.add('default', fakeRun('closed', { sdk, buildId: DEPRECATOR, closeMs: 2_000, marker }));
    const long = fakeRun('long', { sdk, buildId: DEPRECATOR, marker });
    const later = Array.from(
      { length: 300 },
      (_, index) => ({ type: 'other', eventId: 10 + index, timeMs: 2 }) as const,
    );
    if (!Array.isArray(long.events)) throw new Error('it has events');
    fake.add('default', { ...long, events: [...long.events, ...later] });
    const ctx = ctxOf(fake);
    await answerQuestion(ctx, ofType);
    expect([...(await ctx.store.recallRuns('default', ['a', 'closed', 'long'])).keys()].toSorted()).toEqual([
      'closed',
      'long',
    ]);
  });

  it('costs at most six calls where nothing open carries the patch', async () => {
    const fake = createFakeNamespaces();
    fake.pageSize = () => 1_000;
    fake.add(
      'default',
      fakeRun('closed', { sdk, buildId: DEPRECATOR, closeMs: 2_000, marker: { id: 'my-patch', deprecated: true } }),
    );
    fake.pollers.set('queue', [polls(DEPRECATOR)]);
    const check = await answerQuestion(ctxOf(fake), ofType);
    expect(check.answer).toBe('safe');
    expect(check.evidence.calls).toBeLessThanOrEqual(6);
    expect(check.evidence.calls).toBe(fake.queries.length + fake.historiesRead.length);
  });
});
