import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasCode } from '#server/errors.ts';
import { allOf, isExpressible, OPEN_RUNS, quote, withAnyBuildId, withLabel } from '#server/temporal/query.ts';

/** MySQL's string literal as `temporalio/sqlparser`'s tokenizer reads it: the string and what follows it. */
function scan(text: string): { value: string; rest: string } {
  expect(text[0]).toBe("'");
  let value = '';
  for (let at = 1; at < text.length; at += 1) {
    const char = text[at];
    if (char === '\\') {
      at += 1;
      value += text[at] ?? expect.unreachable('ends in an escape');
    } else if (char === "'" && text[at + 1] === "'") {
      at += 1;
      value += "'";
    } else if (char === "'") return { value, rest: text.slice(at + 1) };
    else value += char;
  }
  return expect.unreachable('unterminated');
}

/** What the server does next: all outer quotes are trimmed off the value, once more in quotes (`sqlquery.ParseValue`). */
const trimmed = (value: string) => `'${value}'`.replace(/^'+/, '').replace(/'+$/, '');
/** And what SQL stores get for it, where they differ from the value (`escapeCharMap`). */
const survivesSql = (value: string) => !/["\b\n\r\t\\]/.test(value);

const nasty = fc.string({
  unit: fc.oneof(
    fc.constantFrom("'", '"', '\\', '`', '%', '\n', '\t', '\r', '\b', '\0', ' ', '-', ';', ')', '\u202E', '♡', '👍'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
});

test('a value that is quoted is read back by the server as it was, and nothing follows it', () => {
  fc.assert(
    fc.property(nasty.filter(isExpressible), (value) => {
      const read = scan(quote(value));
      expect(read).toEqual({ value, rest: '' });
      expect(trimmed(read.value)).toBe(value);
      expect(survivesSql(value)).toBe(true);
    }),
    { numRuns: 2_000 },
  );
});

test('a value is refused exactly when the server would look for another one', () => {
  fc.assert(
    fc.property(nasty, (value) => {
      expect(isExpressible(value)).toBe(trimmed(value) === value && survivesSql(value));
    }),
    { numRuns: 2_000 },
  );
});

test('what cannot be asked for is refused, never asked wrongly', () => {
  for (const value of ['a"b', 'a\\b', 'a\nb', "'a", "a'", "''"]) {
    expect(() => quote(value)).toThrow(expect.toSatisfy((error: unknown) => hasCode(error, 'query-refused')));
  }
});

test('predicates', () => {
  expect(allOf(withLabel("it's"), OPEN_RUNS)).toBe("TemporalChangeVersion = 'it''s' AND CloseTime IS NULL");
  expect(withAnyBuildId(['versioned:1', 'x'])).toBe("BuildIds IN ('versioned:1', 'x')");
});
