import { BYTE } from '#server/usecases/inspect/json-bytes.ts';

const OPENING: ReadonlySet<number> = new Set([BYTE.openObject, BYTE.openList]);
const CLOSING: ReadonlySet<number> = new Set([BYTE.closeObject, BYTE.closeList]);

/** Finds the end of one JSON value that begins with a bracket, over any number of chunks, without looking into it. */
export interface ValueScanner {
  /** Index just after the value's last byte, or -1 when it goes on in the next chunk. */
  readonly scan: (chunk: Uint8Array, from: number) => number;
  readonly depth: () => number;
}

/** @param maxDepth scanning stops there: `depth()` is then greater, and the value is not one that a history holds */
export function createValueScanner(maxDepth: number): ValueScanner {
  let depth = 0;
  let isInString = false;
  let isEscaped = false;

  function scan(chunk: Uint8Array, from: number): number {
    for (let at = from; at < chunk.length; at += 1) {
      const byte = chunk[at] ?? 0;
      if (isInString) {
        if (isEscaped) isEscaped = false;
        else if (byte === BYTE.backslash) isEscaped = true;
        else if (byte === BYTE.quote) isInString = false;
      } else if (byte === BYTE.quote) {
        isInString = true;
      } else if (OPENING.has(byte)) {
        depth += 1;
        if (depth > maxDepth) return -1;
      } else if (CLOSING.has(byte)) {
        depth -= 1;
        if (depth === 0) return at + 1;
      }
    }
    return -1;
  }
  return { scan, depth: () => depth };
}
