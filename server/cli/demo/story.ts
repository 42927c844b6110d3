import { Client, Connection } from '@temporalio/client';
import type { Bundles } from '#server/cli/demo/bundles.ts';
import { playMyWorkflow } from '#server/cli/demo/my-workflow-story.ts';
import { playOrders } from '#server/cli/demo/orders-story.ts';
import { createStage, type Stage } from '#server/cli/demo/story-stage.ts';
import { sideBySide } from '#server/cli/serve/side-by-side.ts';

export interface StoryInput {
  /** host:port of a server with version sets switched on, where this story was not played before. */
  readonly address: string;
  readonly namespace: string;
  readonly bundles: Bundles;
  readonly signal: AbortSignal;
  /** A worker that ends by itself; the story goes on without it. */
  readonly onWorkerFailure: (error: Error) => void;
}

export interface RunningStory {
  /** Ends the workers; runs and version sets stay with the server. */
  readonly stop: () => Promise<void>;
}

/** Plays the guide's story on both queues, side by side, and leaves workers polling. */
export async function runStory(input: StoryInput): Promise<RunningStory> {
  const connection = await Connection.connect({ address: input.address });
  const client = new Client({ connection, namespace: input.namespace });
  const { stageFor, dismissAll } = createStage({ ...input, client });
  const stop = async () => {
    await dismissAll();
    await connection.close();
  };
  // Without the signal a call to a server that is gone would be tried again for a minute.
  const play = (story: (stage: Stage) => Promise<void>) => (signal: AbortSignal) =>
    connection.withAbortSignal(signal, () => story(stageFor(signal)));
  try {
    await sideBySide(input.signal, play(playOrders), play(playMyWorkflow));
  } catch (error) {
    await stop();
    throw error;
  }
  return { stop };
}
