import { condition, defineSignal, setHandler } from '@temporalio/workflow';

/** Makes a workflow task: the first one that this code is given. */
export const wake = defineSignal('wake');

/**
 * The same type with both calls of patches taken out: no run of the code before can be replayed.
 * @public the worker finds it by its path
 */
export async function lensOrder(): Promise<void> {
  setHandler(wake, () => undefined);
  await condition(() => false);
}

/** @public the child of the code before may have its task here */
export async function lensChild(): Promise<void> {
  await condition(() => true);
}
