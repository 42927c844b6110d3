import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExactJson, parseStrictJson } from '#lib/domain/patches/strict-json.ts';

describe('parseStrictJson', () => {
  it('is JSON.parse where no key repeats', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(0, 2), (text, indent) => {
        const spaced = JSON.stringify(JSON.parse(text), null, indent);
        expect(parseStrictJson(spaced)).toEqual(JSON.parse(spaced));
      }),
    );
  });

  it('takes nothing where a key repeats in one object, at any depth', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.json(),
        fc.array(fc.constantFrom('list', 'object'), { maxLength: 5 }),
        (key, value, nest) => {
          const repeated = `{${JSON.stringify(key)}:${value},"between${key.length}":"\\"{,",${JSON.stringify(key)}:1}`;
          const text = nest.reduce(
            (inner, kind) => (kind === 'list' ? `[0,${inner}]` : `{"a":${inner},"b":[]}`),
            repeated,
          );
          expect(() => JSON.parse(text)).not.toThrow();
          expect(parseStrictJson(text)).toBeUndefined();
        },
      ),
    );
  });

  it('lets one key stand in several objects', () => {
    expect(parseStrictJson('[{"a":{"a":["a","a"]}},{"a":1,"b":"\\\\"}]')).toEqual([
      { a: { a: ['a', 'a'] } },
      { a: 1, b: '\\' },
    ]);
  });

  it('reads no text but JSON', () => {
    for (const text of ['', 'undefined', '{', '{"a"}', '"\n"', '[1,]', "{'a':1}"]) {
      expect(parseStrictJson(text)).toBeUndefined();
    }
  });

  it('takes seconds neither for a long string nor for deep nesting', () => {
    const long = `{"a":"${'\\\\'.repeat(2_000_000)}","b":${'['.repeat(50_000)}${']'.repeat(50_000)}}`;
    expect(parseStrictJson(long)).toBeDefined();
  });
});

describe('parseExactJson', () => {
  it('keeps only numbers that read back as they stand', () => {
    const text = '[1,-1,0,1.5,1.0,-0,1e3,9007199254740993,1.00000000000000000001]';
    expect(parseExactJson(text)).toEqual([1, -1, 0, 1.5, null, null, null, null, null]);
  });
});
