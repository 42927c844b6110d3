import { condition, defineSignal, setHandler } from '@temporalio/workflow';

/**
 * Keeps the run open until it is told to end. The guide's activities may only take five minutes, so a run that must stay
 * open needs a wait of its own; a signal leaves nothing in the history until it comes.
 */
export async function waitForSignal(name: string): Promise<void> {
  let hasCome = false;
  setHandler(defineSignal(name), () => {
    hasCome = true;
  });
  await condition(() => hasCome);
}
