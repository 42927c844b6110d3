import { status } from '@grpc/grpc-js';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import type { Fault, Handlers } from '#e2e/scale/synthetic-frontend.ts';
import { startSyntheticFrontend } from '#e2e/scale/synthetic-frontend.ts';
import { isCodedError } from '#server/errors.ts';
import type { TemporalConfig } from '#server/config/types.ts';
import { createTemporal, type TemporalOptions } from '#server/temporal/client.ts';
import type { TemporalPort } from '#server/temporal/port.ts';

/** The promise of the call layer; the clock is real. */
const OVERSHOOT_MAX_MS = 250;

const RUNS = { namespace: 'default', query: '' };
const WRITE = {
  namespace: 'default',
  taskQueue: 'q',
  operation: { kind: 'promote-set', buildId: '1.0' },
} as const;

const cleanups: (() => void | PromiseLike<void>)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0)) await clean();
});

async function setUp(handlers: Handlers, options: TemporalOptions = {}, config: Partial<TemporalConfig> = {}) {
  const frontend = await startSyntheticFrontend({ handlers });
  const temporal = connect({ address: frontend.address, ...config }, options);
  cleanups.push(() => frontend[Symbol.asyncDispose]());
  return { frontend, temporal };
}

function connect(config: Partial<TemporalConfig>, options: TemporalOptions = {}): TemporalPort {
  const bare = { address: '', namespace: 'default', apiKey: null, tls: null, metadata: {} };
  const temporal = createTemporal({ ...bare, ...config }, options);
  cleanups.push(temporal.close);
  return temporal;
}

const fail = (code: number, message = 'synthetic'): Fault => ({ fault: 'status', code, message });
const hang: Fault = { fault: 'hang' };
const drop: Fault = { fault: 'drop-connection' };

async function failureOf(work: Promise<unknown>) {
  const startMs = performance.now();
  const error: unknown = await work.then(
    () => expect.unreachable('the call should have failed'),
    (thrown: unknown) => thrown,
  );
  if (!isCodedError(error)) throw error;
  return { code: error.code, message: error.message, hint: error.hint, afterMs: performance.now() - startMs };
}

describe('deadlines', () => {
  test.each([
    ['a call that never answers', hang],
    ['a server that is never available', fail(status.UNAVAILABLE)],
    ['a rate limit that never lifts', fail(status.RESOURCE_EXHAUSTED, 'namespace rate limit exceeded')],
  ])('%s ends in time, pauses and attempts included', async (_, fault) => {
    const { temporal } = await setUp({ CountWorkflowExecutions: () => fault }, { random: () => 0.9 });
    const { afterMs } = await failureOf(temporal.countRuns(RUNS, { deadlineMs: 600 }));
    expect(afterMs).toBeLessThan(600 + OVERSHOOT_MAX_MS);
  });

  test('a hanging call fails with the method’s name', async () => {
    const { temporal } = await setUp({ CountWorkflowExecutions: () => hang });
    const failure = await failureOf(temporal.countRuns(RUNS, { deadlineMs: 300 }));
    expect(failure).toMatchObject({ code: 'deadline-exceeded', message: expect.stringContaining('CountWorkflow') });
    expect(failure.afterMs).toBeGreaterThan(290);
  });

  test('a deadline in a later attempt does not hide why there was one', async () => {
    const { temporal } = await setUp({
      CountWorkflowExecutions: (_, nth) => (nth === 1 ? fail(status.RESOURCE_EXHAUSTED, 'rate limit exceeded') : hang),
    });
    expect(await failureOf(temporal.countRuns(RUNS, { deadlineMs: 500 }))).toMatchObject({ code: 'rate-limited' });
  });

  test('a write that hangs is ambiguous, in time', async () => {
    const { temporal, frontend } = await setUp({ UpdateWorkerBuildIdCompatibility: () => hang });
    const failure = await failureOf(temporal.updateVersionSets(WRITE, { deadlineMs: 300 }));
    expect(failure).toMatchObject({ code: 'ambiguous-write' });
    expect(failure.afterMs).toBeLessThan(300 + OVERSHOOT_MAX_MS);
    expect(frontend.count('UpdateWorkerBuildIdCompatibility')).toBe(1);
  });
});

describe('attempts', () => {
  test.each([
    ['unavailable', fail(status.UNAVAILABLE)],
    ['limited', fail(status.RESOURCE_EXHAUSTED, 'rate limit exceeded')],
    ['cancelled by the server', fail(status.CANCELLED)],
    ['with a broken connection', drop],
  ])('a read that is %s is tried again', async (_, fault) => {
    const handlers: Handlers = { CountWorkflowExecutions: (__, nth) => (nth < 4 ? fault : {}) };
    const { temporal, frontend } = await setUp(handlers, { random: () => 0.1 });
    expect(await temporal.countRuns(RUNS)).toBe(0);
    expect(frontend.count('CountWorkflowExecutions')).toBe(4);
  });

  test('at most four times, or as often as the caller allows', async () => {
    const { temporal, frontend } = await setUp({ CountWorkflowExecutions: () => fail(status.UNAVAILABLE) });
    await failureOf(temporal.countRuns(RUNS));
    expect(frontend.count('CountWorkflowExecutions')).toBe(4);
    await failureOf(temporal.countRuns(RUNS, { maxAttempts: 1 }));
    expect(frontend.count('CountWorkflowExecutions')).toBe(5);
  });

  test('pauses grow, with full jitter between none and the cap', async () => {
    const { temporal, frontend } = await setUp(
      { CountWorkflowExecutions: () => fail(status.UNAVAILABLE) },
      { random: () => 0.999 },
    );
    await failureOf(temporal.countRuns(RUNS));
    const [first = 0, second = 0, third = 0, fourth = 0] = frontend.calls.map((call) => call.atMs);
    expect(second - first).toBeGreaterThan(90);
    expect(third - second).toBeGreaterThan(400);
    expect(fourth - third).toBeGreaterThan(1_900);
    expect(fourth - third).toBeLessThan(2_000 + OVERSHOOT_MAX_MS);
  });

  test.each(Object.values(status).filter((code) => typeof code === 'number' && code !== status.OK))(
    'a write that ends with status %i was sent once',
    async (code) => {
      const { temporal, frontend } = await setUp({ UpdateWorkerBuildIdCompatibility: () => fail(code) });
      await failureOf(temporal.updateVersionSets(WRITE));
      expect(frontend.count('UpdateWorkerBuildIdCompatibility')).toBe(1);
    },
  );

  test('a write whose connection breaks before the reply was sent once and is ambiguous', async () => {
    const { temporal, frontend } = await setUp({
      UpdateWorkerBuildIdCompatibility: () => drop,
    });
    expect(await failureOf(temporal.updateVersionSets(WRITE))).toMatchObject({ code: 'ambiguous-write' });
    await pause(300);
    expect(frontend.count('UpdateWorkerBuildIdCompatibility')).toBe(1);
  });

  test('an answer that is no protobuf is not asked for again', async () => {
    const { temporal, frontend } = await setUp({
      CountWorkflowExecutions: () => ({ fault: 'raw', bytes: Uint8Array.of(0xff) }),
    });
    expect(await failureOf(temporal.countRuns(RUNS))).toMatchObject({ code: 'temporal-error' });
    expect(frontend.count('CountWorkflowExecutions')).toBe(1);
  });
});

describe('aborts', () => {
  test('end a call under way at once, and nothing follows', async () => {
    const { temporal, frontend } = await setUp({ CountWorkflowExecutions: () => hang });
    const { code, afterMs } = await failureOf(temporal.countRuns(RUNS, { signal: AbortSignal.timeout(100) }));
    expect(code).toBe('aborted');
    expect(afterMs).toBeLessThan(100 + OVERSHOOT_MAX_MS);
    await pause(500);
    expect(frontend.calls).toHaveLength(1);
  });

  test('end a pause at once, and nothing follows', async () => {
    const { temporal, frontend } = await setUp(
      { CountWorkflowExecutions: () => fail(status.UNAVAILABLE) },
      { random: () => 0.999 },
    );
    // The second pause lasts from about 100 ms to 550 ms.
    const { code, afterMs } = await failureOf(temporal.countRuns(RUNS, { signal: AbortSignal.timeout(250) }));
    expect(code).toBe('aborted');
    expect(afterMs).toBeLessThan(250 + OVERSHOOT_MAX_MS);
    await pause(800);
    expect(frontend.calls).toHaveLength(2);
  });

  test('before the call send nothing', async () => {
    const { temporal, frontend } = await setUp({ UpdateWorkerBuildIdCompatibility: () => ({}) });
    const failure = await failureOf(temporal.updateVersionSets(WRITE, { signal: AbortSignal.abort() }));
    expect(failure.code).toBe('aborted');
    expect(frontend.calls).toHaveLength(0);
  });

  test('leave a write that was sent ambiguous', async () => {
    const { temporal } = await setUp({ UpdateWorkerBuildIdCompatibility: () => hang });
    const failure = await failureOf(temporal.updateVersionSets(WRITE, { signal: AbortSignal.timeout(100) }));
    expect(failure.code).toBe('ambiguous-write');
  });

  test('closing the port ends its calls the same way', async () => {
    const { temporal } = await setUp({ CountWorkflowExecutions: () => hang });
    setTimeout(temporal.close, 100);
    expect(await failureOf(temporal.countRuns(RUNS))).toMatchObject({ code: 'aborted' });
    expect(await failureOf(temporal.countRuns(RUNS))).toMatchObject({ code: 'aborted' });
  });
});

describe('sizes', () => {
  const pageOf = (sizeBytes: number) => ({
    executions: [{ execution: { workflowId: 'w'.repeat(sizeBytes), runId: 'r' } }],
  });

  test('a page of 5 MB is read', async () => {
    const { temporal } = await setUp({ ListWorkflowExecutions: () => pageOf(5_000_000) });
    const { runs } = await temporal.listRuns(RUNS);
    expect(runs[0]?.workflowId).toHaveLength(5_000_000);
  });

  test('one over the limit is refused once, not asked for again', async () => {
    const { temporal, frontend } = await setUp(
      { ListWorkflowExecutions: () => pageOf(200_000) },
      { receiveLimitBytes: 100_000 },
    );
    const failure = await failureOf(temporal.listRuns(RUNS));
    expect(failure.code).toBe('response-too-large');
    expect(frontend.count('ListWorkflowExecutions')).toBe(1);
  });
});

test('reads go on through connections that the server ends all the time', async () => {
  const { temporal, frontend } = await setUp({
    CountWorkflowExecutions: async () => {
      await pause(5);
      return {};
    },
  });
  const ending = setInterval(frontend.goAway, 100);
  cleanups.push(() => clearInterval(ending));
  const untilMs = performance.now() + 1_500;
  let read = 0;
  while (performance.now() < untilMs) {
    await Promise.all([temporal.countRuns(RUNS), temporal.countRuns(RUNS), temporal.countRuns(RUNS)]);
    read += 3;
  }
  // At least one round of three in each connection's life.
  expect(read).toBeGreaterThan(45);
});

test('a key, the namespace that routes it and further headers go with each call', async () => {
  const { temporal, frontend } = await setUp(
    { CountWorkflowExecutions: () => ({}) },
    {},
    { apiKey: 'k', metadata: { tenant: 'blue' } },
  );
  await temporal.countRuns({ namespace: 'orders.acct', query: '' });
  await temporal.countRuns({ namespace: 'ü "', query: '' });
  expect(frontend.calls.map(({ headers }) => headers)).toMatchObject([
    { authorization: 'Bearer k', 'temporal-namespace': 'orders.acct', tenant: 'blue' },
    { authorization: 'Bearer k', tenant: 'blue' },
  ]);
});
