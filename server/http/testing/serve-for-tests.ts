import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, vi } from 'vitest';
import { processEnv } from '#server/config/process-env.ts';
import { type Runtime, servedRuntime } from '#server/runtime.ts';

interface Served {
  readonly env?: Readonly<Record<string, string>>;
  /** Replaces parts of the runtime before the first request. */
  readonly prepare?: (runtime: Runtime) => void;
}

/** For all tests of a file: the process's runtime as `env` has it, on a store of its own. Other files find nothing of it. */
export function serveForTests({ env = {}, prepare = () => undefined }: Served = {}): void {
  const folder = mkdtempSync(join(tmpdir(), 'patchboard-http-'));
  beforeAll(async () => {
    const own = { PATCHBOARD_DATABASE_URL: join(folder, 'store.db'), PATCHBOARD_LOG: 'silent' };
    for (const [name, value] of Object.entries({ ...own, ...env })) vi.stubEnv(name, value);
    prepare(await servedRuntime(processEnv));
  });
  afterAll(async () => {
    const runtime = await servedRuntime(processEnv);
    await runtime.stop();
    // A process serves once, and this one has more files to test.
    Reflect.deleteProperty(globalThis, Symbol.for('patchboard.runtime'));
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });
}
