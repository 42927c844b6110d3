import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { toolFolder } from './cache.ts';
import { runCommand } from './command.ts';
import { ToolMissingError } from './tool-missing.ts';

export interface GoProgram {
  /** Import path of its main package. */
  readonly path: string;
  readonly version: string;
  /** Folder in the cache; holds the version. */
  readonly folder: string;
  readonly binary: string;
}

/** From nothing, on two cores, the larger of the servers takes five minutes. */
const INSTALL_TIMEOUT_MS = 20 * 60_000;
const VERSION_TIMEOUT_MS = 10_000;

/**
 * Path of a program that Go builds from its public source, built once. There is no way to name another binary: the tests'
 * meaning hangs on the version.
 */
export async function goInstall(program: GoProgram): Promise<string> {
  const folder = toolFolder(program.folder);
  const binary = join(folder, program.binary);
  if (existsSync(binary)) return binary;
  const name = `${program.path}@${program.version}`;
  const version = await runCommand('go', ['version'], { timeoutMs: VERSION_TIMEOUT_MS });
  if (version.code !== 0) {
    throw new ToolMissingError(
      `The tests build ${name} and need Go for it. Install Go 1.26 or newer (go.dev/dl) and start again.`,
    );
  }
  mkdirSync(dirname(folder), { recursive: true });
  // Built aside and moved into place, so that an interrupted build leaves no half program behind.
  const aside = mkdtempSync(`${folder}-`);
  try {
    const end = await runCommand('go', ['install', name], {
      timeoutMs: INSTALL_TIMEOUT_MS,
      env: { GOBIN: aside },
      progress: `Building ${name} (once; two to five minutes)`,
    });
    if (end.code !== 0)
      throw new ToolMissingError(
        `go install ${name} failed:\n${end.output}\nIt needs network once, and Go 1.26 or newer.`,
      );
    if (!existsSync(binary)) renameSync(aside, folder);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return binary;
}
