import { readdir, readFile } from 'node:fs/promises';

/** Sizes in bytes, as the kernel counts them: shared pages of the Node.js program included. */
export interface ResidentMemory {
  readonly now: number;
  /** The most since the process started. */
  readonly most: number;
}

export const NO_PROC = 'not measured: this system has no /proc (Linux has)';

/** The one child process of `pid`; null where the system has no /proc. Throws when there is not exactly one. */
export async function onlyChildOf(pid: number): Promise<number | null> {
  const entries = await readdir('/proc').catch(() => null);
  // FreeBSD's /proc, for one, is empty or lacks these files.
  if (!entries?.includes('self')) return null;
  const parents = await Promise.all(entries.filter((name) => /^\d+$/.test(name)).map(withParent));
  const children = parents.filter(({ parent }) => parent === pid);
  const [child] = children;
  if (child === undefined || children.length > 1) {
    throw new Error(`process ${pid} has ${children.length} child processes: which one is the server?`);
  }
  return child.pid;
}

/** Of a running process (proc(5), `/proc/pid/status`: VmRSS and VmHWM). */
export async function residentMemory(pid: number): Promise<ResidentMemory> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return { now: bytesOf('VmRSS', status), most: bytesOf('VmHWM', status) };
}

function bytesOf(field: string, status: string): number {
  const kb = new RegExp(`^${field}:\\s+(\\d+) kB$`, 'm').exec(status)?.[1];
  if (kb === undefined) throw new Error(`/proc says no ${field}: the process has ended`);
  return Number(kb) * 1024;
}

/** `parent` is undefined for a process that ended meanwhile. */
async function withParent(name: string): Promise<{ pid: number; parent: number | undefined }> {
  const stat = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
  // The program's name is in parentheses and may hold any character; state and parent follow it.
  const parent = /^.*\) \S (\d+)/s.exec(stat)?.[1];
  return { pid: Number(name), parent: parent === undefined ? undefined : Number(parent) };
}
