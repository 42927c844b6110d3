import type { Op } from './program.ts';
import { COMPLETE, CONTINUE_AS_NEW } from './program.ts';

/** What a workflow task left in a history. `label`: an upsert of TemporalChangeVersion, ids as a bit mask. */
export type Event =
  | { readonly kind: 'command'; readonly name: number }
  | { readonly kind: 'marker'; readonly patch: number; readonly isDeprecated: boolean }
  | { readonly kind: 'version'; readonly patch: number; readonly version: number }
  | { readonly kind: 'label'; readonly ids: number };

/** One completed workflow task. `wakes`: how many waits it passed, the start included. */
export interface PlayedTask {
  readonly wakes: number;
  readonly events: readonly Event[];
}

/** Which live calls a patch activation callback declines (a preferred version provider lowers), as a bit mask of patches. */
export type Declined = number;

/** A worker's memory of one run: built by replaying its history, or by having executed it from the start. */
export interface Session {
  /** @returns why the task fails (a nondeterminism error), or null */
  readonly replay: (task: PlayedTask) => string | null;
  /** Goes on beyond history. @returns the events, or why the task fails */
  readonly live: (wakes: number, declined: Declined) => readonly Event[] | string;
  readonly copy: () => Session;
}

interface Frame {
  readonly ops: readonly Op[];
  next: number;
  timesLeft: number;
}

/** Where the code stands. */
export class Walker {
  private readonly frames: Frame[];
  private readonly input: number;
  hasEnded = false;

  constructor(ops: readonly Op[], input: number, frames: Frame[] = [{ ops, next: 0, timesLeft: 0 }]) {
    this.input = input;
    this.frames = frames;
  }

  copy(): Walker {
    const walker = new Walker(
      [],
      this.input,
      this.frames.map((frame) => ({ ...frame })),
    );
    walker.hasEnded = this.hasEnded;
    return walker;
  }

  /**
   * Runs to the next wait or the end.
   * @param onPlace the branch that is taken; null: the call fails the task
   */
  advance(onCommand: (name: number) => void, onPlace: (place: number) => readonly Op[] | null): void {
    if (this.hasEnded) return;
    for (;;) {
      const frame = this.frames[this.frames.length - 1];
      if (frame === undefined) return this.end(COMPLETE, onCommand);
      const op = frame.ops[frame.next];
      if (op === undefined) {
        if (frame.timesLeft === 0) {
          this.frames.pop();
        } else {
          frame.timesLeft -= 1;
          frame.next = 0;
        }
        continue;
      }
      frame.next += 1;
      switch (op.kind) {
        case 'command':
          onCommand(op.name);
          break;
        case 'wait':
          return;
        case 'place': {
          const branch = onPlace(op.place);
          if (branch === null) return;
          this.frames.push({ ops: branch, next: 0, timesLeft: 0 });
          break;
        }
        case 'loop':
          this.frames.push({ ops: op.body, next: 0, timesLeft: op.times - 1 });
          break;
        case 'if':
          if ((this.input & (1 << op.bit)) !== 0) this.frames.push({ ops: op.body, next: 0, timesLeft: 0 });
          break;
        case 'continue-as-new':
          return this.end(CONTINUE_AS_NEW, onCommand);
      }
    }
  }

  private end(command: number, onCommand: (name: number) => void): void {
    this.hasEnded = true;
    onCommand(command);
  }
}
