import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeLabels, parseVersionLabel } from '#lib/domain/patches/decode-labels.ts';

const json = (text: string, encoding: string | null = 'json/plain') => ({
  encoding,
  data: new TextEncoder().encode(text),
});

describe('decodeLabels', () => {
  it('takes a list and a bare string', () => {
    expect(decodeLabels(json('["a","b-1"]'))).toEqual(['a', 'b-1']);
    expect(decodeLabels(json('"a"'))).toEqual(['a']);
    expect(decodeLabels(json('[]'))).toEqual([]);
  });

  it.each(['["a",1]', '[["a"]]', '{"a":"b"}', '1', 'null', 'a', ''])('takes nothing from %s', (text) => {
    expect(decodeLabels(json(text))).toEqual([]);
  });

  it('takes nothing from an encoding that it does not know', () => {
    expect(decodeLabels(json('["a"]', 'binary/encrypted'))).toEqual([]);
    expect(decodeLabels(json('["a"]', null))).toEqual([]);
  });
});

describe('parseVersionLabel', () => {
  it.each([
    ['ship-by-rail-2', [{ id: 'ship-by-rail', version: 2 }]],
    ['-0', [{ id: '', version: 0 }]],
    ['a\nb-3', [{ id: 'a\nb', version: 3 }]],
    ['a--2', [{ id: 'a-', version: 2 }]],
    ['a-01', []],
    ['a-', []],
    ['12', []],
    ['a-99999999999999999999', []],
  ])('%j', (label, expected) => {
    expect(parseVersionLabel(label)).toEqual(expected);
  });

  it('keeps both readings of version 1 and DefaultVersion', () => {
    expect(parseVersionLabel('a--1')).toEqual([
      { id: 'a-', version: 1 },
      { id: 'a', version: -1 },
    ]);
  });

  it('finds every label that GetVersion writes among its readings', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer({ min: -1 }), (id, version) => {
        expect(parseVersionLabel(`${id}-${version}`)).toContainEqual({ id, version });
      }),
    );
  });
});
