/**
 * Proves what an answer costs, counted at a proxy on the wire, for the command as its users run it: at most 6 visibility and history
 * calls for a patch that nothing open carries, at most 20 for an answer among 10,000 open runs of which a tenth block. Directly:
 * `node e2e/proof/verdict-calls.ts [OPEN_RUNS]`.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Connection } from '@temporalio/client';
import { READS_LIFTED } from '#e2e/harness/lifted-limits.ts';
import { runCommand } from '#e2e/harness/command.ts';
import { endAll } from '#e2e/harness/process.ts';
import { startTemporalServer } from '#e2e/harness/temporal-server.ts';
import { startCountingProxy } from '#e2e/scale/counting-proxy.ts';
import { makePatchedRuns } from '#e2e/scale/patched-runs.ts';
import { CHECKOUT } from '#server/cli/serve/build.ts';

const OPEN_RUNS = Number(process.argv[2] ?? 10_000);
const IDLE_CALLS_MAX = 6;
const BLOCKED_CALLS_MAX = 20;
const NAMESPACE = 'default';

/** Visibility and history calls; what is read of pollers and queues is in no scarce bucket. */
const COUNTED = new Set([
  'ListWorkflowExecutions',
  'CountWorkflowExecutions',
  'ListSchedules',
  'GetWorkflowExecutionHistory',
  'GetWorkflowExecutionHistoryReverse',
]);

const hashed = (digit: string) => `@temporalio/worker@1.24.0+${digit.repeat(64)}`;
const [LIVE, DEPRECATING] = [hashed('1'), hashed('2')];

await using server = await startTemporalServer({ version: 'newest', dynamicConfig: READS_LIFTED });
const runs = { address: server.address, namespace: NAMESPACE };

// Nothing open carries it: one closed run remembers it, and one worker that deprecates polls.
await makePatchedRuns({
  ...runs,
  workflowType: 'Gone',
  taskQueue: 'gone',
  patchId: 'gone',
  total: 1,
  trace: () => ({ trace: 'deprecated', buildId: DEPRECATING }),
  isClosed: () => true,
});
await makePatchedRuns({
  ...runs,
  workflowType: 'Busy',
  taskQueue: 'busy',
  patchId: 'busy',
  total: OPEN_RUNS,
  // A tenth is live, scattered; the others were begun by a build that deprecates.
  trace: (index) =>
    index % 10 === 3 ? { trace: 'live', buildId: LIVE } : { trace: 'deprecated', buildId: DEPRECATING },
});
await makePatchedRuns({
  ...runs,
  workflowType: 'Mixed',
  taskQueue: 'mixed',
  patchId: 'mixed',
  total: OPEN_RUNS / 10,
  trace: (index) => (index % 10 === 3 ? { trace: 'none', buildId: 'old' } : { trace: 'live', buildId: LIVE }),
});

const failures: string[] = [];
await prove(
  'nothing open carries it',
  ['--patch', 'gone', '--question', 'remove', '--workflow-type', 'Gone'],
  0,
  IDLE_CALLS_MAX,
);
await prove(
  `${OPEN_RUNS} open runs, a tenth live, by type`,
  ['--patch', 'busy', '--question', 'remove', '--workflow-type', 'Busy'],
  1,
  BLOCKED_CALLS_MAX,
);
await prove(
  `${OPEN_RUNS} open runs, a tenth live, all types`,
  ['--patch', 'busy', '--question', 'remove'],
  1,
  BLOCKED_CALLS_MAX,
);
await prove(
  `${OPEN_RUNS / 10} open runs, a tenth unmarked`,
  ['--patch', 'mixed', '--question', 'deprecate', '--workflow-type', 'Mixed'],
  1,
  BLOCKED_CALLS_MAX,
);
for (const failure of failures) console.log(`FAILED: ${failure}`);
await endAll();
process.exitCode = failures.length === 0 ? 0 : 1;

/** Asks as a user would: the command, a fresh store, through the proxy. A worker polls meanwhile, by hand. */
async function prove(what: string, args: readonly string[], code: number, callsMax: number): Promise<void> {
  await using proxy = await startCountingProxy({ target: server.address });
  await using poller = await pollAs(DEPRECATING, ['gone', 'busy', 'mixed']);
  void poller;
  const folder = mkdtempSync(join(tmpdir(), 'patchboard-calls-'));
  try {
    const end = await runCommand(process.execPath, [join(CHECKOUT, 'server/cli/main.ts'), 'check', ...args], {
      timeoutMs: 120_000,
      env: {
        TEMPORAL_ADDRESS: proxy.address,
        TEMPORAL_NAMESPACE: NAMESPACE,
        PATCHBOARD_DATABASE_URL: join(folder, 'store.db'),
      },
    });
    const counted = proxy.calls.filter((call) => COUNTED.has(call.method));
    const histories = counted.filter((call) => call.method.startsWith('GetWorkflowExecutionHistory')).length;
    console.log(
      `${what}: exit ${end.code}, ${counted.length} calls (at most ${callsMax}): ${histories} histories, ` +
        `${counted.length - histories} visibility; ${proxy.calls.length - counted.length} others`,
    );
    if (end.code !== code) failures.push(`${what}: exit ${end.code}, not ${code}\n${end.output}`);
    if (counted.length === 0 || counted.length > callsMax) {
      failures.push(`${what}: ${counted.length} calls\n${end.stdout}`);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One poll under way on each queue: the server lists its build as a poller. */
async function pollAs(buildId: string, taskQueues: readonly string[]): Promise<AsyncDisposable> {
  const connection = await Connection.connect({ address: server.address });
  const ended = new AbortController();
  const polls = taskQueues.map((name) =>
    connection
      .withAbortSignal(ended.signal, () =>
        connection.withDeadline(Date.now() + 120_000, () =>
          connection.workflowService.pollWorkflowTaskQueue({
            namespace: NAMESPACE,
            taskQueue: { name },
            identity: 'deprecating',
            workerVersionCapabilities: { buildId, useVersioning: false },
          }),
        ),
      )
      .catch(() => undefined),
  );
  return {
    [Symbol.asyncDispose]: async () => {
      ended.abort();
      await Promise.all(polls);
      await connection.close();
    },
  };
}
