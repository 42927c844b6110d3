import { describe, expect, it } from 'vitest';
import { CodedError } from '#server/errors.ts';
import { answerQuestion, type QuestionInput } from '#server/usecases/verdict/answer-question.ts';
import {
  createFakeNamespaces,
  type FakeNamespaces,
  type FakeRun,
} from '#server/usecases/verdict/testing/fake-namespaces.ts';
import { fakeRun } from '#server/usecases/verdict/testing/fake-run.ts';
import { codesOf, ctxOf, removal } from '#server/usecases/verdict/testing/questions.ts';

const ofType: QuestionInput = { ...removal, workflowType: 'T' };
const marker = { id: 'my-patch', deprecated: true };
const polls = (buildId: string) => [
  {
    identity: 'w',
    taskKind: 'workflow',
    lastPollMs: 1,
    buildId,
    useVersioning: false,
    deploymentVersion: null,
  } as const,
];

/** Tells what was asked of Temporal, in order: `open 1` is the first page of open runs that was asked for. */
function overheard(fake: FakeNamespaces): string[] {
  const heard: string[] = [];
  const { listRuns, readHistory, listPollers } = fake.port;
  let pages = 0;
  fake.port.listRuns = (input, options) => {
    if (input.query.includes('CloseTime IS NULL')) heard.push(`open ${(pages += 1)}`);
    return listRuns(input, options);
  };
  fake.port.readHistory = (input, options) => {
    heard.push(`history ${input.runId}`);
    return readHistory(input, options);
  };
  fake.port.listPollers = (input, options) => {
    heard.push(`pollers ${input.taskQueue}`);
    return listPollers(input, options);
  };
  return heard;
}

/** Resolves once it was asked for this. */
async function until(heard: readonly string[], what: string): Promise<void> {
  while (!heard.includes(what)) await new Promise((resolve) => setImmediate(resolve));
}

/** The second page of open runs comes when a history of the first was asked for. */
function holdSecondPage(fake: FakeNamespaces, heard: readonly string[], history: string): void {
  fake.onCall = async ({ query }) => {
    if (query?.includes('IS NULL') === true && heard.includes('open 2')) await until(heard, `history ${history}`);
  };
}

function twoPages(): FakeNamespaces {
  const fake = createFakeNamespaces();
  fake.pageSize = () => 1;
  fake.add('default', fakeRun('a', { marker }));
  fake.add('default', fakeRun('b', { marker, taskQueue: 'second' }));
  fake.pollers.set('queue', polls('v1'));
  fake.pollers.set('second', polls('stranger'));
  return fake;
}

function eventsOf({ events }: FakeRun) {
  if (events instanceof CodedError) throw events;
  return events;
}

describe('a full answer', () => {
  it('reads histories of the first page while the second is on its way', async () => {
    const fake = twoPages();
    const heard = overheard(fake);
    holdSecondPage(fake, heard, 'a');
    const check = await answerQuestion(ctxOf(fake), ofType);
    expect(check).toMatchObject({ evidence: { runsConsidered: 2, historiesRead: 2 } });
    expect(heard.indexOf('history a')).toBeGreaterThan(heard.indexOf('open 1'));
    expect(codesOf(check)).not.toContain('list-incomplete');
  });

  it('reads the workers of a queue before the histories of its runs, and all workers after the last history', async () => {
    const fake = twoPages();
    const heard = overheard(fake);
    holdSecondPage(fake, heard, 'a');
    const check = await answerQuestion(ctxOf(fake), ofType);
    expect(heard.indexOf('pollers queue')).toBeLessThan(heard.indexOf('history a'));
    expect(heard.indexOf('pollers second')).toBeLessThan(heard.indexOf('history b'));
    const lastHistory = heard.findLastIndex((call) => call.startsWith('history'));
    expect(heard.lastIndexOf('pollers queue')).toBeGreaterThan(lastHistory);
    expect(heard.lastIndexOf('pollers second')).toBeGreaterThan(lastHistory);
    // The worker of the second page's queue counts like any other.
    expect(codesOf(check)).toContain('worker-not-known');
    expect(codesOf(check)).not.toContain('workers-not-watched');
  });

  describe('of a run that ends between the list of closed runs and that of open ones', () => {
    /** It stands in neither list, and is the only one that its queue had. */
    function endsBetween(): FakeNamespaces {
      const fake = createFakeNamespaces();
      fake.add('default', fakeRun('a', { marker }));
      const live = { id: 'my-patch', deprecated: false };
      fake.add('default', fakeRun('between', { marker: live, taskQueue: 'third', closeMs: Date.now() }));
      fake.pollers.set('queue', polls('v1'));
      fake.pollers.set('third', polls('stranger'));
      const { listRuns } = fake.port;
      fake.port.listRuns = async (input, options) => {
        const page = await listRuns(input, options);
        return input.query.includes('IS NOT NULL')
          ? { ...page, runs: page.runs.filter(({ runId }) => runId !== 'between') }
          : page;
      };
      return fake;
    }

    it('reads the workers of its queue', async () => {
      const fake = endsBetween();
      const heard = overheard(fake);
      const check = await answerQuestion(ctxOf(fake), ofType);
      expect(heard.filter((what) => what === 'pollers third')).toHaveLength(2);
      const reason = check.reasons.find(({ code }) => code === 'worker-not-known');
      expect(reason?.workers.map(({ taskQueue }) => taskQueue)).toContain('third');
    });

    it('judges it where closed runs are judged', async () => {
      const check = await answerQuestion(ctxOf(endsBetween()), { ...ofType, policy: 'retention' });
      expect(check).toMatchObject({ answer: 'blocked', evidence: { runsConsidered: 2, historiesRead: 2 } });
      expect(codesOf(check)).toContain('marker-live');
    });
  });

  it('reads no history before every type has its first page', async () => {
    const fake = twoPages();
    fake.add('default', fakeRun('u', { marker, type: 'U', taskQueue: 'of-u' }));
    fake.pollers.set('of-u', polls('v1'));
    const heard = overheard(fake);
    fake.onCall = async ({ query }) => {
      if (query?.includes("'U'") === true) await new Promise((resolve) => setTimeout(resolve, 20));
    };
    const ctx = ctxOf(fake);
    const claim = { kind: 'types', patch: { kind: 'core', id: 'my-patch' }, workflowTypes: ['T', 'U'] } as const;
    await ctx.store.declareFact('default', { id: '1', declaredBy: 'alice', declaredAtMs: 1, note: '', claim });
    const check = await answerQuestion(ctx, removal);
    expect(check.evidence.historiesRead).toBe(3);
    const firstHistory = heard.findIndex((call) => call.startsWith('history'));
    for (const queue of ['queue', 'second', 'of-u'])
      expect(heard.indexOf(`pollers ${queue}`), queue).toBeLessThan(firstHistory);
  });

  it('learns from closed runs of one queue what the deployment writes that polls a later page’s queue', async () => {
    const fake = twoPages();
    const buildId = `@temporalio/worker@1.24.0+${'ab'.repeat(32)}`;
    const deploymentVersion = `shop:${buildId}`;
    fake.pollers.set(
      'second',
      polls(buildId).map((poller) => ({ ...poller, deploymentVersion })),
    );
    const closed = fakeRun('closed', { buildId, closeMs: 2_000, marker: { ...marker, deprecated: false } });
    const events = eventsOf(closed).map((event) =>
      'worker' in event ? { ...event, worker: { ...event.worker, deploymentVersion } } : event,
    );
    fake.add('default', { ...closed, events });
    holdSecondPage(fake, overheard(fake), 'a');
    expect(codesOf(await answerQuestion(ctxOf(fake), ofType))).toContain('worker-writes-live');
  });

  it('ends when a later page fails, without reading on', async () => {
    const fake = createFakeNamespaces();
    for (let index = 0; index < 200; index += 1) fake.add('default', fakeRun(`r${index}`, { marker }));
    const heard = overheard(fake);
    fake.onCall = async ({ query, runId }) => {
      if (query?.includes('IS NULL') === true && heard.includes('open 2')) {
        await until(heard, 'history r0');
        throw new CodedError('temporal-unreachable', 'gone', '');
      }
      if (runId !== undefined) await new Promise((resolve) => setTimeout(resolve, 5));
    };
    const limits = { timeoutMs: 5_000, maxHistories: 1_000 };
    await expect(answerQuestion(ctxOf(fake), { ...ofType, limits })).rejects.toMatchObject({
      code: 'temporal-unreachable',
    });
    expect(fake.historiesRead.length).toBeLessThan(100);
  });

  it('ends when histories fail, without listing on', async () => {
    const fake = createFakeNamespaces();
    fake.pageSize = () => 1;
    for (let index = 0; index < 50; index += 1) fake.add('default', fakeRun(`r${index}`, { marker }));
    const heard = overheard(fake);
    fake.onCall = async ({ query, runId }) => {
      if (runId !== undefined) throw new CodedError('temporal-unreachable', 'gone', '');
      if (query?.includes('IS NULL') === true && heard.includes('open 2')) await until(heard, 'history r0');
    };
    await expect(answerQuestion(ctxOf(fake), ofType)).rejects.toMatchObject({ code: 'temporal-unreachable' });
    expect(heard.filter((call) => call.startsWith('open')).length).toBeLessThan(10);
  });

  it('looks for closed runs on unknown queues again, where the rounds went to queues of a later page', async () => {
    const fake = createFakeNamespaces();
    const [open, pages] = [20, 2];
    // One a page except of the open ones.
    fake.pageSize = (total) => (total === open ? open / pages : 1);
    for (let index = 0; index < open; index += 1) {
      fake.add('default', fakeRun(`r${index}`, { marker, taskQueue: `q${index}` }));
      fake.add('default', fakeRun(`c${index}`, { closeMs: 2_000, taskQueue: `q${index}` }));
    }
    fake.add('default', fakeRun('far', { closeMs: 2_000, taskQueue: 'far' }));
    const heard = overheard(fake);
    holdSecondPage(fake, heard, 'r0');
    const check = await answerQuestion(ctxOf(fake), ofType);
    expect(codesOf(check)).not.toContain('queues-not-known');
    expect(check.byNamespace[0]?.byType[0]?.taskQueues).toContain('far');
    expect(heard.filter((call) => call === 'pollers far').length).toBeGreaterThanOrEqual(2);
  });
});
