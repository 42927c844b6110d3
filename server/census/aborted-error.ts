import { CodedError } from '#server/errors.ts';

export function abortedError(): CodedError {
  return new CodedError('aborted', 'The reading was ended before it was done.', 'Ask again.');
}
