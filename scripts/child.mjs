// @ts-check
import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

/** @type {NodeJS.Signals[]} */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Whether a signal that reached this process has to be handed on. Ctrl-C in a terminal reaches the whole foreground group, the
 * child included: handing it on again would read as a second, impatient Ctrl-C. Without a terminal it came to this process alone.
 * @param {NodeJS.Signals} signal
 * @param {boolean} hasTerminal
 */
export function isHandedOn(signal, hasTerminal) {
  return signal !== 'SIGINT' || !hasTerminal;
}

/**
 * Runs a program until it ends, then ends this process the same way: the same exit code, or the same signal. The child gets all
 * the time it needs to clean up.
 * @param {string} command
 * @param {string[]} args
 * @param {string} root its node_modules/.bin comes first on the child's PATH
 */
export async function runChild(command, args, root) {
  const hasTerminal = [process.stdin, process.stdout, process.stderr].some((stream) => stream.isTTY);
  const path = join(root, 'node_modules', '.bin') + delimiter + (process.env.PATH ?? '');
  const child = spawn(command, args, { stdio: 'inherit', env: { ...process.env, PATH: path } });
  for (const signal of SIGNALS) process.on(signal, () => isHandedOn(signal, hasTerminal) && child.kill(signal));
  /** @type {[number | null, string | null]} */
  const [code, signal] = await new Promise((resolve) => {
    child.on('close', (...end) => resolve(end));
    child.on('error', (error) => {
      console.error(`${command} could not be started: ${error.message}`);
      resolve([1, null]);
    });
  });
  if (signal === null) process.exit(code ?? 1);
  for (const name of SIGNALS) process.removeAllListeners(name);
  process.kill(process.pid, signal);
}
