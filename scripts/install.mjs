// @ts-check
import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { takeLock } from './install-lock.mjs';
import { isInstalled, isInterrupted, markStarted, writeStamp } from './install-stamp.mjs';
import { explain, isNetworkError } from './npm-errors.mjs';
import { runNpm } from './npm.mjs';

/** How often a silent installation says that it is still at work. */
const PROGRESS_MS = 10_000;

/**
 * `install`, not `ci`: a lock file written on one platform lacks the optional packages of the others, and `npm ci` refuses it.
 * Level `error` hides that npm, on the host's older Node, finds packages meant for the pinned one.
 */
const INSTALL = ['install', '--no-progress', '--include=dev', '--include=optional'];

/** One question to the registry. Without it an installation without network retries each package, for minutes. */
const PING = ['ping', '--fetch-retries=1', '--fetch-retry-mintimeout=1000', '--fetch-timeout=10000'];

/**
 * Installs the packages unless they stand as package-lock.json says. Everything it prints goes to standard error: standard output
 * belongs to the command that follows.
 * @param {string} root
 * @returns {Promise<string | undefined>} what went wrong and what to do next
 */
export async function installPackages(root) {
  if (isInstalled(root)) return undefined;
  const folder = join(root, 'node_modules');
  mkdirSync(folder, { recursive: true });
  const release = await takeLock(join(folder, '.patchboard-install.lock'), () =>
    console.error('Another start is installing the packages: waiting for it …'),
  );
  try {
    return isInstalled(root) ? undefined : await install(root, folder);
  } finally {
    release();
  }
}

/**
 * @param {string} root
 * @param {string} folder node_modules
 */
async function install(root, folder) {
  const isUpdate = existsSync(join(folder, '.package-lock.json'));
  console.error(
    isUpdate
      ? 'Bringing the packages to what package-lock.json says …'
      : 'Installing packages (half a minute with a good connection) …',
  );
  const startedAt = Date.now();
  const timer = setInterval(() => console.error(`  … ${secondsSince(startedAt)} s`), PROGRESS_MS);
  // npm takes a half-written package for a whole one: after an interruption only an empty folder can be trusted.
  if (isInterrupted(root)) empty(folder);
  markStarted(root);
  const ping = await runNpm(PING, root, { isQuiet: true });
  const isOffline = !ping.isOk && isNetworkError(ping.errors);
  const end = await runNpm(isOffline ? [...INSTALL, '--offline'] : INSTALL, root, { isQuiet: isOffline });
  clearInterval(timer);
  if (!end.isOk) return explain(end);
  // Written last: npm may have added this platform's packages to the lock file.
  writeStamp(root);
  console.error(`Packages installed in ${secondsSince(startedAt)} s.`);
  return undefined;
}

/** @param {string} folder keeps its dot files: the lock is one of them */
function empty(folder) {
  for (const name of readdirSync(folder)) {
    if (!name.startsWith('.patchboard')) rmSync(join(folder, name), { recursive: true, force: true });
  }
}

/** @param {number} time milliseconds */
function secondsSince(time) {
  return Math.round((Date.now() - time) / 1000);
}
