import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CliDeps, EXIT } from '#server/cli/command.ts';
import { bundleWorkflows } from '#server/cli/demo/bundles.ts';
import { demoEnv, withoutUserSettings } from '#server/cli/demo/demo-env.ts';
import { startFirstTemporal, waysToTemporal } from '#server/cli/demo/find-temporal.ts';
import type { RunningStory } from '#server/cli/demo/story.ts';
import { startTemporalServer, type TemporalServer, USUAL_ADDRESS } from '#server/cli/demo/temporal-server.ts';
import { whatToLookAt } from '#server/cli/demo/what-to-look-at.ts';
import { CHECKOUT, ensureBuild, standaloneFolder } from '#server/cli/serve/build.ts';
import { checkPort } from '#server/cli/serve/check-port.ts';
import { createProgress, type Progress } from '#server/cli/serve/progress.ts';
import { serveApp } from '#server/cli/serve/served-app.ts';
import { sideBySide } from '#server/cli/serve/side-by-side.ts';
import { untilAborted } from '#server/cli/serve/until-aborted.ts';
import { cacheFolder } from '#server/config/cache-folder.ts';
import { loadConfig } from '#server/config/load.ts';

/** After everything was ended the process has this long to end by itself. */
const LINGER_LIMIT_MS = 2_000;

/** `patchboard demo`: a Temporal server, the guide's story, and Patchboard on it; all of it ends together. */
export async function runDemo(deps: CliDeps): Promise<void> {
  try {
    await runUntilTold(deps);
  } finally {
    // The SDK leaves a thread behind for a worker that it could not create, and the thread keeps the process alive.
    setTimeout(() => process.exit(), LINGER_LIMIT_MS).unref();
  }
}

async function runUntilTold(deps: CliDeps): Promise<void> {
  const progress = createProgress(deps.write, Date.now);
  await using running = new AsyncDisposableStack();
  try {
    const { app, server } = await startDemo(deps, progress, running);
    progress.say(whatToLookAt({ url: app.url, temporalAddress: server.address }));
    const end = await Promise.race([app.ended, server.ended, untilAborted(deps.signal)]);
    progress.say(end ? `A server of the demo ended by itself (${end.how}): ending the demo.` : '\nEnding the demo.');
    if (end) deps.exit(EXIT.usage);
  } catch (error) {
    // Told to end while it was still starting: that is an orderly end too.
    if (!deps.signal.aborted) throw error;
  }
}

/** Starts everything in turn; what was started stands on `running`, which ends it in the opposite order. */
async function startDemo(deps: CliDeps, progress: Progress, running: AsyncDisposableStack) {
  const settings = await createSettings(running);
  // Settings and port first: a mistake there must not cost the wait for a build.
  const { host, port } = await loadConfig(demoEnv(deps.env, { ...settings, address: USUAL_ADDRESS }));
  await checkPort(host, port);
  const server = await startTemporal(deps, progress);
  running.defer(() => server.stop());

  // Side by side: the story mostly waits for its server while the app is built or loaded.
  const [app] = await sideBySide(
    deps.signal,
    async (signal) => {
      await ensureBuild({ root: CHECKOUT, env: deps.env, progress, signal });
      const env = demoEnv(deps.env, { ...settings, address: server.address });
      const folder = standaloneFolder(CHECKOUT);
      const started = await serveApp({ folder, host, port, env, writeLog: progress.say, signal });
      running.defer(() => started.stop());
      return started;
    },
    async (signal) => {
      const story = await playStory(deps, { address: server.address, progress, signal });
      running.defer(() => story.stop());
    },
  );
  return { app, server };
}

/** A folder of this start alone: the story begins anew each time, and so does what Patchboard remembers of it. */
async function createSettings(running: AsyncDisposableStack) {
  const folder = await mkdtemp(join(tmpdir(), 'patchboard-demo-'));
  running.defer(() => rm(folder, { recursive: true, force: true }));
  const temporalConfigFile = join(folder, 'temporal.toml');
  await writeFile(temporalConfigFile, '[profile.default]\n');
  return { storePath: join(folder, 'patchboard.sqlite'), temporalConfigFile };
}

async function startTemporal({ env, signal }: CliDeps, progress: Progress): Promise<TemporalServer> {
  const ways = waysToTemporal({ env, folder: cacheFolder(env, process.platform), signal });
  const start = (binary: string) => startTemporalServer({ binary, env: withoutUserSettings(env), signal });
  const server = await startFirstTemporal(ways, start, progress);
  if (server.address !== USUAL_ADDRESS) {
    progress.say(`Port 7233 is taken: the demo's Temporal server listens on ${server.address} instead.`);
  }
  return server;
}

interface PlayInput {
  readonly address: string;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** Loads the SDK's worker only now: settings and port are answered without it. */
async function playStory(deps: CliDeps, { address, progress, signal }: PlayInput): Promise<RunningStory> {
  const folder = cacheFolder(deps.env, process.platform);
  const bundles = await progress.step("Bundling the story's workflows", () => bundleWorkflows(folder));
  const { runStory } = await import('#server/cli/demo/story.ts');
  const onWorkerFailure = (error: Error) => progress.say(`A worker of the demo ended: ${error.message}`);
  return progress.step("Workers live the guide's story", () =>
    runStory({ address, namespace: 'default', bundles, signal, onWorkerFailure }),
  );
}
