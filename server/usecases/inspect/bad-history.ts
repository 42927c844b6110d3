import { CodedError } from '#server/errors.ts';

/** Makes the error for something wrong at a byte of the file, or of what it unpacks to. */
export type ProblemAt = (offset: number, problem: string) => Error;

const HOW_TO_GET_ONE =
  'Write the file anew with `temporal workflow show --workflow-id ID --output json`, or download it from Temporal UI.';

/** @param place where in the file, e.g. `byte 120` */
export function badHistory(file: string, place: string, problem: string, cause?: unknown): CodedError {
  return new CodedError('invalid-request', `${file}: ${place}: ${problem}.`, HOW_TO_GET_ONE, { cause });
}

const WORDS_FOR: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'is a folder',
  EACCES: 'may not be read by this user',
  EPERM: 'may not be read by this user',
};

/** A file that the system does not give, from its error (`code` is the system's name for it). */
export function unreadableFile(file: string, error: unknown): CodedError {
  const name = error instanceof Error && 'code' in error ? String(error.code) : '';
  const problem = WORDS_FOR[name] ?? `can not be read${name === '' ? '' : ` (${name})`}`;
  const code = name === 'ENOENT' ? 'not-found' : 'invalid-request';
  return new CodedError(code, `${file}: ${problem}.`, 'Name history files, or - for standard input.', { cause: error });
}
