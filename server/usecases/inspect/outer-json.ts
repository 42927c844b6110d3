import { isJsonObject, parseStrictJson, textOf } from '#lib/domain/patches/strict-json.ts';
import { BYTE } from '#server/usecases/inspect/json-bytes.ts';

/** What stands around the events: the list's own brackets, page tokens. A history file holds next to nothing there. */
const OUTER_MAX_BYTES = 1024 * 1024;

/** Follows the JSON around the list of events, to know when that list begins, and keeps it to judge it at the end. */
export interface OuterJson {
  /** Takes the next byte outside the list. `list`: it opens the list of events. */
  readonly take: (byte: number) => 'list' | 'more' | 'too-long';
  /** Takes the list's closing bracket. */
  readonly closeList: () => void;
  /** True when every bracket is closed again. */
  readonly isClosed: () => boolean;
  /** Why the whole is no history, null when it is one. */
  readonly problem: () => string | null;
}

/** Paths of the list: a bare list, `{"events":[…]}` (command line, SDKs, Temporal UI), `{"history":{"events":[…]}}` (HTTP API, grpcurl). */
const LIST_PATHS = new Set(['[]', '["events"]', '["history","events"]']);

export function createOuterJson(): OuterJson {
  const bytes: number[] = [];
  /** Key under which each open bracket stands; a list's elements have none. */
  const path: (string | null)[] = [];
  let lists = 0;
  let stringStart = -1;
  let isEscaped = false;
  let lastString: string | null = null;
  let key: string | null = null;

  function take(byte: number): 'list' | 'more' | 'too-long' {
    bytes.push(byte);
    if (bytes.length > OUTER_MAX_BYTES) return 'too-long';
    if (stringStart >= 0) return takeInString(byte);
    switch (String.fromCharCode(byte)) {
      case '"':
        stringStart = bytes.length - 1;
        break;
      case ':':
        key = lastString;
        break;
      case ',':
        key = null;
        break;
      case '{':
        path.push(key);
        key = null;
        break;
      case '[': {
        const here = path.length === 0 ? [] : [...path.slice(1), key];
        path.push(key);
        key = null;
        if (!LIST_PATHS.has(JSON.stringify(here))) break;
        lists += 1;
        return 'list';
      }
      case '}':
      case ']':
        path.pop();
        break;
      default:
        break;
    }
    return 'more';
  }

  function takeInString(byte: number): 'more' {
    if (isEscaped) {
      isEscaped = false;
    } else if (byte === BYTE.backslash) {
      isEscaped = true;
    } else if (byte === BYTE.quote) {
      const value = parseStrictJson(textOf(Uint8Array.from(bytes.slice(stringStart))) ?? '');
      lastString = typeof value === 'string' ? value : null;
      stringStart = -1;
    }
    return 'more';
  }

  function problem(): string | null {
    const outer = parseStrictJson(textOf(Uint8Array.from(bytes)) ?? '');
    if (outer === undefined) return 'the text around the events is not JSON, or repeats a key';
    if (lists === 0) return 'holds no list of events';
    if (lists > 1) return 'holds more than one list of events';
    const token = isJsonObject(outer) && Object.hasOwn(outer, 'nextPageToken') ? outer.nextPageToken : null;
    if (token !== null && token !== '') return 'is one page of a longer history (nextPageToken is set)';
    return null;
  }

  return {
    take,
    closeList: () => void take(BYTE.closeList),
    isClosed: () => path.length === 0 && stringStart < 0,
    problem,
  };
}
