/**
 * A process that outlives its parent by a moment. The parent writes `+pid` and `-pid` lines; when the pipe ends, in whatever way
 * the parent ended (SIGKILL included), the process groups still on the list are killed.
 */
import { createInterface } from 'node:readline';

const groups = new Set<number>();

// Ctrl-C and the end of a terminal are for the parent; this process ends with the pipe.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

for await (const line of createInterface({ input: process.stdin })) {
  const pid = Number(line.slice(1));
  if (line.startsWith('+')) groups.add(pid);
  else groups.delete(pid);
}
for (const pid of groups) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It ended by itself.
  }
}
