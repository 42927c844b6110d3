import type { Ctx } from '#server/usecases/context.ts';

/** Exit codes of the command. Internal failures never exit 1: 1 is an answer (blocked, refused). */
export const EXIT = { ok: 0, blocked: 1, unknown: 2, usage: 3 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What a command gets from the outside, so that tests can run it in process. */
export interface CliDeps {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Opens channel, store and census on first use; they are closed when the command ends. */
  readonly openCtx: () => Promise<Ctx>;
  /** Writes to standard output, without adding a newline. */
  readonly write: (text: string) => void;
  readonly writeError: (text: string) => void;
  /** Sets the exit code that the process ends with. */
  readonly exit: (code: ExitCode) => void;
  /** Aborted by SIGINT, SIGTERM and SIGHUP. */
  readonly signal: AbortSignal;
  /** True when standard output is a terminal and NO_COLOR is not set. */
  readonly hasColor: boolean;
}
