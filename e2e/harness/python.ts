import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { toolFolder } from './cache.ts';
import { runCommand } from './command.ts';
import { ToolMissingError } from './tool-missing.ts';

/** The release whose API the guide's code was tried against. */
const TEMPORALIO = '1.35.0';

/** temporalio's own lower limit. */
const OLDEST_MINOR = 10;

const VENV_TIMEOUT_MS = 2 * 60_000;
const PIP_TIMEOUT_MS = 5 * 60_000;
const VERSION_TIMEOUT_MS = 10_000;

/** Path of a Python that has the pinned `temporalio`: a virtual environment in the cache, made once. */
export async function guidePython(): Promise<string> {
  const folder = toolFolder(`python-temporalio-${TEMPORALIO}`);
  const isWindows = process.platform === 'win32';
  const interpreter = isWindows ? join('Scripts', 'python.exe') : join('bin', 'python');
  const python = join(folder, interpreter);
  if (existsSync(python)) return python;
  const host = await hostPython();
  mkdirSync(dirname(folder), { recursive: true });
  // Made aside and moved into place whole: an interrupted installation leaves nothing that looks ready.
  const aside = mkdtempSync(`${folder}-`);
  try {
    const progress = `Making a Python environment with temporalio ${TEMPORALIO} (once)`;
    const venv = await runCommand(host, ['-m', 'venv', aside], { timeoutMs: VENV_TIMEOUT_MS, progress });
    if (venv.code !== 0) {
      throw new ToolMissingError(
        `${host} -m venv failed; on Debian and Ubuntu: apt-get install python3-venv\n${venv.output}`,
      );
    }
    const pip = ['-m', 'pip', 'install', '--disable-pip-version-check', '--quiet', `temporalio==${TEMPORALIO}`];
    const install = await runCommand(join(aside, interpreter), pip, { timeoutMs: PIP_TIMEOUT_MS });
    if (install.code !== 0) {
      throw new ToolMissingError(
        `pip could not install temporalio ${TEMPORALIO}; it needs network once.\n${install.output}`,
      );
    }
    if (!existsSync(python)) renameSync(aside, folder);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return python;
}

async function hostPython(): Promise<string> {
  const code = 'import sys; print(sys.version_info.major, sys.version_info.minor)';
  for (const name of ['python3', 'python']) {
    const { code: exitCode, stdout } = await runCommand(name, ['-c', code], { timeoutMs: VERSION_TIMEOUT_MS });
    const [major = 0, minor = 0] = stdout.trim().split(' ').map(Number);
    if (exitCode === 0 && major === 3 && minor >= OLDEST_MINOR) return name;
  }
  throw new ToolMissingError(
    `The tests run the Python guide's workers: install Python 3.${OLDEST_MINOR} or newer (python3 with venv) and start again.`,
  );
}
