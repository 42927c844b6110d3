import { spawn } from 'node:child_process';

export interface Check {
  readonly name: string;
  /** Commands run one after another until one fails. */
  readonly steps: readonly (readonly string[])[];
}

export interface CheckEnd {
  readonly name: string;
  readonly isOk: boolean;
  readonly seconds: number;
  /** Both streams of every step that ran. */
  readonly output: string;
}

/** Runs a check to its end. A program that cannot be started is a check that failed. */
export async function runCheck(check: Check, cwd: string): Promise<CheckEnd> {
  const startedAt = Date.now();
  const ended = (isOk: boolean): CheckEnd => ({
    name: check.name,
    isOk,
    seconds: (Date.now() - startedAt) / 1000,
    output,
  });
  let output = '';
  for (const step of check.steps) {
    const isOk = await runStep(step, cwd, (text) => (output += text));
    if (!isOk) return ended(false);
  }
  return ended(true);
}

function runStep(
  [command = '', ...args]: readonly string[],
  cwd: string,
  write: (text: string) => void,
): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', write);
    child.on('error', (error) => {
      write(error.message);
      resolve(false);
    });
    child.on('close', (code) => resolve(code === 0));
  });
}
