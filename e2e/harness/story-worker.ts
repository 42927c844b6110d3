import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ProcessOptions, startProcess } from './process.ts';

/** SDKs whose real workers make the stories' runs. */
export type StorySdk = 'python' | 'typescript' | 'go';

export interface WorkerPlace {
  /** host:port of the frontend. */
  readonly address: string;
  readonly namespace: string;
  readonly taskQueue: string;
}

export interface StoryWorkerOptions {
  /** Which code it has; each SDK's folder of stories holds them by name. */
  readonly code: string;
  /** Without it: the SDK's own default. */
  readonly buildId?: string;
  /** Keeps runs in memory, as workers do by default. Default false: each task goes to whichever worker polls, which replays. */
  readonly isSticky?: boolean;
}

/** A worker that was started; whether it polls already is for `untilPolling` to say. */
export interface StoryWorker extends AsyncDisposable {
  /** As pollers list it; no other worker has it. */
  readonly identity: string;
  /** Why it does not run any more; undefined while it does. */
  readonly whyEnded: () => string | undefined;
  /** Shuts down in an orderly way; resolves when it is gone. */
  readonly stop: () => Promise<void>;
}

export function newIdentity(sdk: StorySdk, code: string): string {
  return `${sdk} ${code} ${randomUUID().slice(0, 8)}`;
}

/** A worker that is a process of its own, with its log in a folder that goes with it. */
export function startWorkerProcess(
  identity: string,
  options: Omit<ProcessOptions, 'name' | 'logFile' | 'endSignal'>,
): StoryWorker {
  const folder = mkdtempSync(join(tmpdir(), 'patchboard-story-'));
  const managed = startProcess({ ...options, name: identity, logFile: join(folder, 'worker.log') });
  const stop = async (): Promise<void> => {
    await managed.end();
    rmSync(folder, { recursive: true, force: true });
  };
  return { identity, whyEnded: managed.whyEnded, stop, [Symbol.asyncDispose]: stop };
}
