import { CodedError, isCodedError } from '#server/errors.ts';

/** First match decides. The left side is SQLite's result code (`SQLITE_…`, also its extended forms) or Node's errno. */
const CAUSES: readonly (readonly [RegExp, string, string])[] = [
  [/^SQLITE_FULL|^ENOSPC/, 'the disk is full', 'Free some space, then try again.'],
  [
    /^SQLITE_(CORRUPT|NOTADB)/,
    'the file is damaged or is not a SQLite database',
    'Move it away (Patchboard starts a new one) or name another file in PATCHBOARD_DATABASE_URL.',
  ],
  [
    /^SQLITE_(READONLY|PERM|AUTH)|^EACCES|^EPERM|^EROFS/,
    'it may not be written',
    'Give this user write access to the file and its folder, or name another file in PATCHBOARD_DATABASE_URL.',
  ],
  [
    /^SQLITE_CANTOPEN|^ENOTDIR|^ENOENT|^EISDIR|^EEXIST|^ENAMETOOLONG/,
    'it cannot be opened',
    'Check that the path is a file in a folder this user may write to, or name another in PATCHBOARD_DATABASE_URL.',
  ],
  [
    /^SQLITE_(BUSY|LOCKED)/,
    'another process kept it locked for over five seconds',
    'See which other process uses the file, then try again.',
  ],
  [
    /^SQLITE_CONSTRAINT_TRIGGER/,
    'its record of changes does not end where it says',
    'See what `patchboard record verify` says, and restore the store from a copy.',
  ],
  [/^SQLITE_IOERR|^EIO/, 'the disk gave an error', 'Check the disk; network drives do not work for SQLite.'],
];

/** Runs work on the store and throws every failure of it as `store-unavailable`. */
export type Guarded = <T>(work: () => Promise<T>) => Promise<T>;

/** @param path the store's file, for the message */
export function guardedBy(path: string): Guarded {
  return async (work) => {
    try {
      return await work();
    } catch (error) {
      throw storeError(path, error);
    }
  };
}

/** Any failure under the store → `store-unavailable`, with the file's path and what to do. */
function storeError(path: string, error: unknown): CodedError {
  if (isCodedError(error)) return error;
  const code = codeOf(error);
  const [, why, hint] = CAUSES.find(([pattern]) => pattern.test(code)) ?? unknownCause(code);
  return unavailable(`The store ${path} is not usable: ${why}.`, hint, error);
}

export function unavailable(message: string, hint: string, cause?: unknown): CodedError {
  return new CodedError('store-unavailable', message, hint, { cause });
}

export function anotherProgram(path: string): CodedError {
  return unavailable(
    `The SQLite file ${path} belongs to another program.`,
    'Name another file in PATCHBOARD_DATABASE_URL.',
  );
}

function unknownCause(code: string) {
  return [null, `unexpected failure ${code}`, 'The log has the cause.'] as const;
}

function codeOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string') {
    return error.code;
  }
  return error instanceof Error ? error.name : typeof error;
}
