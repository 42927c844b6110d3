import { condition, defineSignal, deprecatePatch, patched, setHandler } from '@temporalio/workflow';

export interface StoryStep {
  /** What this run's code does with the patch. */
  readonly call: 'patched' | 'deprecatePatch' | 'none';
  readonly patchId: string;
}

/**
 * Runs under any workflow type name, so that each test has a type of its own; ends by the signal `finish`.
 * @public the worker finds it by its path
 */
export default async function story({ call, patchId }: StoryStep): Promise<void> {
  let isFinished = false;
  setHandler(defineSignal('finish'), () => {
    isFinished = true;
  });
  if (call === 'patched') patched(patchId);
  if (call === 'deprecatePatch') deprecatePatch(patchId);
  await condition(() => isFinished);
}
