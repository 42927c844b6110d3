import { bodyOfVersion, DEFAULT_VERSION, type Form, type Op, type Program } from './program.ts';
import { at } from './random.ts';
import type { Declined, Event, PlayedTask, Session, Walker } from './session.ts';

/**
 * GetVersion as Go and Java have it (sdk-go `internal_event_handlers.go`, `matchReplayWithHistory`): versions are kept for the
 * run, DefaultVersion on replay without a marker, and markers without a call are skipped.
 */
export class VersionSession implements Session {
  private readonly program: Program;
  private readonly forms: readonly Form[];
  private readonly walker: Walker;
  private readonly versions: Map<number, number>;
  private commands: Event[] = [];
  private isReplaying = true;
  private declined: Declined = 0;
  private failure: string | null = null;

  constructor(program: Program, forms: readonly Form[], walker: Walker, versions = new Map<number, number>()) {
    this.program = program;
    this.forms = forms;
    this.walker = walker;
    this.versions = versions;
  }

  copy(): VersionSession {
    return new VersionSession(this.program, this.forms, this.walker.copy(), new Map(this.versions));
  }

  replay(task: PlayedTask): string | null {
    this.isReplaying = true;
    for (const event of task.events) {
      if (event.kind === 'version') this.versions.set(event.patch, event.version);
    }
    this.run(task.wakes);
    return this.failure ?? this.match(task.events);
  }

  live(wakes: number, declined: Declined): readonly Event[] | string {
    this.isReplaying = false;
    this.declined = declined;
    this.run(wakes);
    return this.failure ?? this.commands;
  }

  private run(wakes: number): void {
    this.commands = [];
    for (let wake = 0; wake < wakes && this.failure === null; wake += 1) {
      this.walker.advance(this.onCommand, this.onPlace);
    }
  }

  private readonly onCommand = (name: number): void => {
    this.commands.push({ kind: 'command', name });
  };

  private readonly onPlace = (index: number): readonly Op[] | null => {
    const { patch, bodies } = at(this.program.places, index);
    const form = at(this.forms, index);
    if (form.kind === 'fixed') return at(bodies, bodyOfVersion(form.version));
    if (form.kind !== 'version') return at(bodies, 0);
    const version = this.getVersion(patch, form.min, form.max);
    return version === null ? null : at(bodies, bodyOfVersion(version));
  };

  private getVersion(patch: number, min: number, max: number): number | null {
    const known = this.versions.get(patch);
    const version = known ?? (this.isReplaying ? DEFAULT_VERSION : this.liveVersion(patch, min, max));
    if (known === undefined && !this.isReplaying) {
      this.commands.push({ kind: 'version', patch, version }, { kind: 'label', ids: 1 << patch });
    }
    if (version < min || version > max) {
      this.failure = version < min ? 'removed support of version' : 'too old to support version';
      return null;
    }
    this.versions.set(patch, version);
    return version;
  }

  /** maxSupported, or what a preferred version provider lowers it to. */
  private liveVersion(patch: number, min: number, max: number): number {
    return (this.declined & (1 << patch)) === 0 ? max : min;
  }

  private match(events: readonly Event[]): string | null {
    const wanted = events.filter((event) => event.kind === 'command');
    const made = this.commands;
    const isSame =
      wanted.length === made.length &&
      wanted.every((event, index) => {
        const command = made[index];
        return command?.kind === 'command' && command.name === event.name;
      });
    return isSame ? null : 'commands differ from events';
  }
}
