import { condition, defineSignal, deprecatePatch, patched, setHandler } from '@temporalio/workflow';

/** Records one more patch in a later workflow task. */
export const record = defineSignal<[string]>('record');
export const finish = defineSignal('finish');

export interface Recorded {
  readonly live: readonly string[];
  readonly deprecated: readonly string[];
}

/** Records markers and stays open until it is told to finish. */
export async function holdOrder({ live, deprecated }: Recorded): Promise<void> {
  let isFinished = false;
  setHandler(record, (id) => void patched(id));
  setHandler(finish, () => {
    isFinished = true;
  });
  for (const id of live) patched(id);
  for (const id of deprecated) deprecatePatch(id);
  await condition(() => isFinished);
}

/** The same under another name: another workflow type. */
export async function holdRefund(recorded: Recorded): Promise<void> {
  await holdOrder(recorded);
}
