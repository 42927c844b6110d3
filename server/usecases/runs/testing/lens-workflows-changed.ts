import { condition, defineSignal, setHandler } from '@temporalio/workflow';

/**
 * The same type with both calls of patches taken out: no run of the code before can be replayed.
 * @public the worker finds it by its path
 */
export async function lensOrder(): Promise<void> {
  setHandler(defineSignal('wake'), () => undefined);
  await condition(() => false);
}
