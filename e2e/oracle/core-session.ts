import type { Form, Op, Program, Sdk } from './program.ts';
import { at } from './random.ts';
import type { Declined, Event, PlayedTask, Session, Walker } from './session.ts';

/** Core's `MAX_SEARCH_ATTR_PAYLOAD_SIZE`: no label is written from this size on. */
const LABEL_LIMIT_BYTES = 2048;

/** A command that waits for its event. */
type Queued = Event;

/**
 * Core's replay table (sdk-core `patch_state_machine.rs`, `workflow_machines.rs`) under a language SDK's `patched` and
 * `deprecate_patch`. Sets of patches are bit masks.
 */
export class CoreSession implements Session {
  private readonly program: Program;
  private readonly forms: readonly Form[];
  private readonly sdk: Sdk;
  private readonly walker: Walker;
  private queue: Queued[] = [];
  private isReplaying = true;
  private declined: Declined = 0;
  /** The language's memory: answers that stand, and markers that Core announced. */
  private answered = 0;
  private answeredTrue = 0;
  private announced = 0;
  /** Core's memory: ids met in history or called, and those of them whose command was made. */
  private encountered = 0;
  private created = 0;
  /** The guard of an old branch was met. */
  private isStopped = false;

  constructor(program: Program, forms: readonly Form[], sdk: Sdk, walker: Walker) {
    this.program = program;
    this.forms = forms;
    this.sdk = sdk;
    this.walker = walker;
  }

  copy(): CoreSession {
    const session = new CoreSession(this.program, this.forms, this.sdk, this.walker.copy());
    session.queue = [...this.queue];
    session.answered = this.answered;
    session.answeredTrue = this.answeredTrue;
    session.announced = this.announced;
    session.encountered = this.encountered;
    session.created = this.created;
    return session;
  }

  replay(task: PlayedTask): string | null {
    this.isReplaying = true;
    for (const event of task.events) {
      if (event.kind !== 'marker') continue;
      const bit = 1 << event.patch;
      this.announced |= bit;
      this.encountered |= bit;
      this.created &= ~bit;
    }
    this.run(task.wakes);
    return this.isStopped ? 'entered the old branch' : this.match(task.events);
  }

  live(wakes: number, declined: Declined): readonly Event[] {
    this.isReplaying = false;
    this.declined = declined;
    this.queue = [];
    this.run(wakes);
    const events = this.queue;
    this.queue = [];
    return events;
  }

  private run(wakes: number): void {
    for (let wake = 0; wake < wakes && !this.isStopped; wake += 1) this.walker.advance(this.onCommand, this.onPlace);
  }

  private readonly onCommand = (name: number): void => {
    this.queue.push({ kind: 'command', name });
  };

  private readonly onPlace = (index: number): readonly Op[] | null => {
    const { patch, bodies } = at(this.program.places, index);
    switch (at(this.forms, index).kind) {
      case 'patched':
        return at(bodies, this.call(patch, false) ? 1 : 0);
      case 'guarded':
        this.isStopped = !this.call(patch, false);
        return this.isStopped ? null : at(bodies, 1);
      case 'deprecated':
        this.call(patch, true);
        return at(bodies, 1);
      case 'new':
        return at(bodies, 1);
      default:
        return at(bodies, 0);
    }
  };

  /** `patched` or `deprecate_patch` as Python, .NET and Ruby (`keeps-false`), TypeScript (`forgets-false`) or Rust have it. */
  private call(patch: number, isDeprecated: boolean): boolean {
    const bit = 1 << patch;
    if ((this.answered & bit) !== 0) return (this.answeredTrue & bit) !== 0;
    const isAnnounced = (this.announced & bit) !== 0;
    const { style } = this.sdk;
    if (style === 'forgets-false' && this.isReplaying && !isAnnounced) return false;
    const isDecided = isDeprecated || this.isReplaying || isAnnounced;
    const answer = isDecided ? !this.isReplaying || isAnnounced : (this.declined & bit) === 0;
    this.answered |= bit;
    if (answer) this.answeredTrue |= bit;
    if (answer || (style === 'sends-always' && this.isReplaying)) this.setPatchMarker(patch, isDeprecated);
    return answer;
  }

  /** Core's handling of SetPatchMarker: the marker's command, and the label's where one is due. */
  private setPatchMarker(patch: number, isDeprecated: boolean): void {
    const bit = 1 << patch;
    if ((this.created & bit) !== 0) return;
    const isUnseenOnReplay = this.isReplaying && (this.encountered & bit) === 0;
    this.queue.push({ kind: 'marker', patch, isDeprecated });
    const ids = this.created | bit;
    if (!isUnseenOnReplay && this.sdk.writesLabels && this.labelBytes(ids) < LABEL_LIMIT_BYTES) {
      this.queue.push({ kind: 'label', ids });
    }
    this.encountered |= bit;
    this.created |= bit;
  }

  /** `["a","b"]` in bytes. */
  private labelBytes(ids: number): number {
    let bytes = 1;
    for (const [patch, idBytes] of this.sdk.idBytes.entries()) {
      if ((ids & (1 << patch)) !== 0) bytes += idBytes + 1;
    }
    return bytes;
  }

  /** `handle_command_event` and `patch_marker_handling` over the events of one task. */
  private match(events: readonly Event[]): string | null {
    const { queue } = this;
    for (let index = 0; index < events.length; index += 1) {
      const event = at(events, index);
      if (event.kind === 'marker') {
        const front = queue[0];
        if (front?.kind === 'marker' && front.patch === event.patch) {
          queue.shift();
        } else if (event.isDeprecated) {
          if (events[index + 1]?.kind === 'label') index += 1;
        } else {
          return front?.kind === 'marker' ? 'change id does not match' : `no call:${event.patch}`;
        }
        continue;
      }
      while (queue[0]?.kind === 'marker') queue.shift();
      const command = queue.shift();
      if (command === undefined) return 'no command for event';
      if (command.kind !== event.kind) return 'other command than event';
      if (command.kind === 'command' && event.kind === 'command' && command.name !== event.name) return 'other command';
    }
    // A call on replay without a marker leaves a command that nothing waits for. Any other one is more than history has.
    return queue.some((command) => command.kind !== 'marker') ? 'more commands than events' : null;
  }
}
