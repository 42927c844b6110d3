import { readFileSync } from 'node:fs';

const TAIL_LINES = 15;

/** The last lines of a log, for a message; empty where there is no log. */
export function tailOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-TAIL_LINES).join('\n');
  } catch {
    return '';
  }
}
