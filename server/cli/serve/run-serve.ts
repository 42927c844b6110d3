import type { CliDeps } from '#server/cli/command.ts';
import { EXIT } from '#server/cli/command.ts';
import { CHECKOUT, ensureBuild, standaloneFolder } from '#server/cli/serve/build.ts';
import { checkPort } from '#server/cli/serve/check-port.ts';
import { createProgress } from '#server/cli/serve/progress.ts';
import { serveApp } from '#server/cli/serve/served-app.ts';
import { untilAborted } from '#server/cli/serve/until-aborted.ts';
import { loadConfig } from '#server/config/load.ts';

/** `patchboard serve`: settings, build, production server; returns when it was told to end, or ended. */
export async function runServe(deps: CliDeps): Promise<void> {
  const { env, signal, write } = deps;
  const { host, port, temporal } = await loadConfig(env);
  await checkPort(host, port);
  const progress = createProgress(write, Date.now);
  try {
    await ensureBuild({ root: CHECKOUT, env, progress, signal });
    const app = await serveApp({
      folder: standaloneFolder(CHECKOUT),
      host,
      port,
      env,
      writeLog: (line) => write(`${line}\n`),
      signal,
    });
    progress.say(`Patchboard serves ${app.url} for Temporal at ${temporal.address}. Ctrl-C ends it.`);
    const end = await Promise.race([app.ended, untilAborted(signal)]);
    await app.stop();
    if (end) {
      deps.writeError(
        `patchboard: the server ended by itself (${end.how}).\nIts last lines above say why; start it again.\n`,
      );
      deps.exit(EXIT.usage);
    }
  } catch (error) {
    // Told to end while it was still starting: that is an orderly end too.
    if (!signal.aborted) throw error;
  }
}
