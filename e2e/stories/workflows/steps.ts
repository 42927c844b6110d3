import { condition, defineSignal, setHandler, sleep, upsertMemo } from '@temporalio/workflow';

/** Signal `go` lets a run take one step, `finish` ends it wherever it is. */
export interface Steps {
  /** False: the run shall end. */
  readonly next: () => Promise<boolean>;
  readonly untilFinished: () => Promise<void>;
}

export function takeSteps(): Steps {
  let goes = 0;
  let taken = 0;
  let isFinished = false;
  setHandler(defineSignal('go'), () => {
    goes += 1;
  });
  setHandler(defineSignal('finish'), () => {
    isFinished = true;
  });
  const next = async (): Promise<boolean> => {
    await condition(() => isFinished || goes > taken);
    taken += 1;
    return !isFinished;
  };
  return {
    next,
    untilFinished: async () => {
      while (await next());
    },
  };
}

// The branches leave different events, so that a replay by the wrong one fails, and none that leads to a further task.

export function oldBranch(): void {
  upsertMemo({ branch: 'old' });
}

export function newBranch(): void {
  void sleep('1 day');
}
