import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

let dog: ChildProcessByStdio<Writable, null, null> | undefined;

/** Has the group killed when this process ends without having ended it. */
export function watch(pid: number): void {
  dog ??= startDog();
  dog.stdin.write(`+${pid}\n`);
}

export function unwatch(pid: number): void {
  dog?.stdin.write(`-${pid}\n`);
}

function startDog(): ChildProcessByStdio<Writable, null, null> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('watchdog.ts', import.meta.url))], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  });
  // It must not keep this process alive: its end is what it waits for.
  child.unref();
  if ('unref' in child.stdin && typeof child.stdin.unref === 'function') child.stdin.unref();
  child.stdin.on('error', () => undefined);
  return child;
}
