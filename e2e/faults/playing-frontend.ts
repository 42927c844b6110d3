import { setTimeout as sleep } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import { Connection } from '@temporalio/client';
import type { Wire, WireCall } from '#e2e/faults/wire-tap.ts';
import { arrivalMs } from '#e2e/scale/grpc-wire.ts';
import { type Fault, startSyntheticFrontend } from '#e2e/scale/synthetic-frontend.ts';

/** What the frontend does with the one write of a queue instead of passing it on and its answer back. */
export type Play =
  /** Answers success and stores nothing. */
  | { readonly kind: 'lies' }
  /** Answers so at once, and passes the write on later. */
  | { readonly kind: 'lands late'; readonly answer: LostAnswer; readonly landsAfterMs: number }
  /** Passes it on, and answers so although Temporal took it. */
  | { readonly kind: 'denies'; readonly answer: LostAnswer }
  /** Passes it on and back; readings show the sets of before for so long afterwards. */
  | { readonly kind: 'lags'; readonly forMs: number };

/** The connection breaks, nothing ever comes, or a status that leaves open whether the write was taken. */
export type LostAnswer = 'drop-connection' | 'hang' | status;

export interface PlayingFrontend extends Wire, AsyncDisposable {
  /** host:port */
  readonly address: string;
  /** @returns when the write has come, and when everything it leads to is over, epoch ms */
  readonly play: (taskQueue: string, play: Play) => { readonly struck: Promise<void>; readonly over: Promise<number> };
}

interface Part {
  readonly play: Play;
  readonly isStruck: () => void;
  readonly isOver: () => void;
  /** The sets of before, while readings lag. */
  stale: Sets | null;
}

type Get = Connection['workflowService']['getWorkerBuildIdCompatibility'];
type Sets = Awaited<ReturnType<Get>>;

/** Stands before a real frontend, which alone knows what writes mean, and plays false about when they land and how they ended. */
export async function startPlayingFrontend(target: string): Promise<PlayingFrontend> {
  const temporal = await Connection.connect({ address: target, interceptors: [] });
  const { workflowService } = temporal;
  const parts = new Map<string, Part>();
  const calls: WireCall[] = [];
  const note = (taskQueue: string, kind: WireCall['kind']) =>
    void calls.push({ taskQueue, kind, atMs: arrivalMs(), answeredMs: null, isOk: false });

  const frontend = await startSyntheticFrontend({
    handlers: {
      GetWorkerBuildIdCompatibility: (request) => {
        note(request.taskQueue, 'read');
        return parts.get(request.taskQueue)?.stale ?? workflowService.getWorkerBuildIdCompatibility(request);
      },
      UpdateWorkerBuildIdCompatibility: async (request) => {
        note(request.taskQueue, 'write');
        const part = parts.get(request.taskQueue);
        const pass = () => workflowService.updateWorkerBuildIdCompatibility(request);
        if (!part) return pass();
        part.isStruck();
        const { play } = part;
        switch (play.kind) {
          case 'lies':
            part.isOver();
            return {};
          case 'lands late':
            void sleep(play.landsAfterMs).then(pass).finally(part.isOver);
            return lost(play.answer);
          case 'denies':
            await pass();
            part.isOver();
            return lost(play.answer);
          case 'lags': {
            part.stale = await workflowService.getWorkerBuildIdCompatibility(request);
            void sleep(play.forMs).then(() => {
              part.stale = null;
              part.isOver();
            });
            return pass();
          }
        }
      },
    },
  });

  return {
    address: frontend.address,
    callsOf: (taskQueue) => calls.filter((call) => call.taskQueue === taskQueue),
    play: (taskQueue, play) => {
      const struck = Promise.withResolvers<void>();
      const over = Promise.withResolvers<number>();
      parts.set(taskQueue, { play, isStruck: struck.resolve, isOver: () => over.resolve(Date.now()), stale: null });
      return { struck: struck.promise, over: over.promise };
    },
    [Symbol.asyncDispose]: async () => {
      await frontend[Symbol.asyncDispose]();
      await temporal.close();
    },
  };
}

function lost(answer: LostAnswer): Fault {
  if (answer === 'drop-connection' || answer === 'hang') return { fault: answer };
  return { fault: 'status', code: answer, message: `${status[answer]}, as played` };
}
