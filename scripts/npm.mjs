// @ts-check
import { spawn } from 'node:child_process';
import { basename } from 'node:path';

/** Interrupted in the middle, npm takes up to 40 s to end by itself; nobody who pressed Ctrl-C waits for that. */
const END_MS = 2_000;

/**
 * @typedef {object} NpmEnd
 * @property {boolean} isOk
 * @property {boolean} wasInterrupted by SIGINT or SIGTERM
 * @property {string} errors what npm wrote to standard error, and why it could not be started
 */

/**
 * Runs npm; its output goes to standard error. SIGINT and SIGTERM end npm, not this process: the caller has a lock to release.
 * @param {string[]} args
 * @param {string} cwd
 * @param {{ isQuiet: boolean }} options quiet: keeps npm's words to the caller
 * @returns {Promise<NpmEnd>}
 */
export function runNpm(args, cwd, { isQuiet }) {
  const npm = findNpm();
  const child = spawn(npm.command, [...npm.args, ...args, '--loglevel=error'], {
    cwd,
    shell: npm.isShim,
    stdio: ['ignore', isQuiet ? 'ignore' : 2, 'pipe'],
  });
  let errors = '';
  let wasInterrupted = false;
  child.stderr?.on('data', (chunk) => {
    errors += String(chunk);
    if (!isQuiet) process.stderr.write(chunk);
  });
  const interrupt = () => {
    wasInterrupted = true;
    setTimeout(() => child.kill('SIGKILL'), END_MS).unref();
    child.kill('SIGTERM');
  };
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt);
  return new Promise((resolve) => {
    /** @param {boolean} isOk */
    const end = (isOk) => {
      process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
      resolve({ isOk, wasInterrupted, errors });
    };
    child.on('error', (error) => {
      errors += String(error);
      end(false);
    });
    child.on('close', (code) => end(code === 0));
  });
}

/** Under `npm run` the same npm, on the Node that it runs on; else the one on PATH, which on Windows is a shell script. */
function findNpm() {
  const script = process.env.npm_execpath;
  if (script && basename(script).startsWith('npm-cli')) {
    return { command: process.env.npm_node_execpath ?? process.execPath, args: [script], isShim: false };
  }
  return { command: 'npm', args: [], isShim: process.platform === 'win32' };
}
