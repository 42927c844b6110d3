import { CoreSession } from './core-session.ts';
import type { Code, Sdk } from './program.ts';
import { at } from './random.ts';
import { type PlayedTask, type Session, Walker } from './session.ts';
import { VersionSession } from './version-session.ts';
import type { WorkflowType } from './world.ts';

/** What of a run replay depends on, beside its tasks. */
export interface RunSeed {
  readonly type: number;
  readonly input: number;
}

interface Shop {
  readonly types: readonly WorkflowType[];
  readonly sdk: Sdk;
}

/** A worker's empty memory of a run. */
export function openSession({ types, sdk }: Shop, code: Code, { type, input }: RunSeed): Session {
  const { program } = at(types, type);
  const forms = at(code.forms, type);
  const walker = new Walker(program.ops, input);
  return sdk.style === 'version'
    ? new VersionSession(program, forms, walker)
    : new CoreSession(program, forms, sdk, walker);
}

/** @returns the memory after all of these tasks, or why one of them fails */
export function replayAll(shop: Shop, code: Code, run: RunSeed, tasks: readonly PlayedTask[]): Session | string {
  const session = openSession(shop, code, run);
  for (const task of tasks) {
    const failure = session.replay(task);
    if (failure !== null) return failure;
  }
  return session;
}
