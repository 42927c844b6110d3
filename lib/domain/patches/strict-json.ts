/** What JSON text can hold. Objects may carry any key, `__proto__` too: ask with `Object.hasOwn`. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Bytes as the text they spell, null when they are not UTF-8. A byte order mark is part of the text. */
export function textOf(bytes: Uint8Array): string | null {
  try {
    return UTF8.decode(bytes);
  } catch {
    return null;
  }
}

/**
 * JSON text as its value, undefined when it is not JSON or names a key twice in one object: readers differ in which of the two
 * they take, so neither is believed.
 */
export function parseStrictJson(text: string): JsonValue | undefined {
  let value: JsonValue;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  return hasRepeatedKey(text) ? undefined : value;
}

/**
 * JSON text with `null` in place of each number that JavaScript would not print as it stands there, such as `1.0`, `-0` or one with
 * more digits than it can hold: a value that passes through here is never another one than was written.
 */
export function parseExactJson(text: string): JsonValue | undefined {
  const keepExact = (_key: string, value: unknown, context?: { readonly source?: string }): unknown =>
    typeof value === 'number' && String(value) !== context?.source ? null : value;
  try {
    return JSON.parse(text, keepExact);
  } catch {
    return undefined;
  }
}

export function isJsonObject(value: unknown): value is { readonly [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** @param json valid JSON: only its brackets, commas and strings are looked at. */
function hasRepeatedKey(json: string): boolean {
  // Keys seen in each object that is open, null for an array.
  const open: (Set<string> | null)[] = [];
  let isKeyNext = false;
  for (let at = 0; at < json.length; at += 1) {
    switch (json[at]) {
      case '{':
        open.push(new Set());
        isKeyNext = true;
        break;
      case '[':
        open.push(null);
        isKeyNext = false;
        break;
      case '}':
      case ']':
        open.pop();
        isKeyNext = false;
        break;
      case ',':
        isKeyNext = open.at(-1) instanceof Set;
        break;
      case '"': {
        const end = endOfString(json, at);
        const keys = open.at(-1);
        if (isKeyNext && keys instanceof Set) {
          // Escapes are resolved, since "a" and "\u0061" are one key.
          const key: string = JSON.parse(json.slice(at, end));
          if (keys.has(key)) return true;
          keys.add(key);
          isKeyNext = false;
        }
        at = end - 1;
        break;
      }
      default:
        break;
    }
  }
  return false;
}

/** @returns the index just after the closing quote of the string that opens at `start`. */
function endOfString(json: string, start: number): number {
  for (let quote = json.indexOf('"', start + 1); quote !== -1; quote = json.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (json[quote - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return quote + 1;
  }
  return json.length;
}
