import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEventSplitter } from '#server/usecases/inspect/split-events.ts';

interface Found {
  readonly value: unknown;
  readonly offset: number;
}

class Problem extends Error {}

/** Splits bytes pushed in the given sizes (the rest at once). */
function split(bytes: Uint8Array, sizes: readonly number[] = []): { found: Found[]; problem: string | null } {
  const found: Found[] = [];
  const splitter = createEventSplitter({
    onEvent: (text, index, offset) => {
      expect(index).toBe(found.length);
      found.push({ value: JSON.parse(text), offset });
    },
    problemAt: (offset, problem) => new Problem(`${offset}: ${problem}`),
  });
  try {
    let at = 0;
    for (const size of [...sizes, bytes.length]) {
      // A buffer that is used again, as streams may do.
      const chunk = bytes.slice(at, at + size);
      splitter.push(chunk);
      chunk.fill(0x7d);
      at += size;
    }
    splitter.end();
    return { found, problem: null };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { found, problem: error.message };
  }
}

const bytesOf = (text: string) => new TextEncoder().encode(text);
const values = (text: string) => split(bytesOf(text)).found.map(({ value }) => value);
const problemOf = (text: string) => split(bytesOf(text)).problem;

describe('where the list may stand', () => {
  it.each([
    '[{"a":1},{}]',
    '{"events":[{"a":1},{}]}',
    ' \n{ "nextPageToken" : "" , "events" : [ {"a":1} , {} ] , "more":[[1],{"events":2}] } \n',
    '{"history":{"events":[{"a":1},{}]},"nextPageToken":null,"rawHistory":[]}',
    '\uFEFF{"\\u0065vents":[{"a":1},{}]}',
  ])('%s', (text) => {
    expect(problemOf(text)).toBeNull();
    expect(values(text)).toEqual([{ a: 1 }, {}]);
  });

  it.each([
    ['', '0: is empty'],
    ['  ', '2: is empty'],
    ['x', '0: is neither JSON'],
    ['"events"', '0: is neither JSON'],
    ['{}', '2: holds no list of events'],
    ['{"events":{}}', '13: holds no list of events'],
    ['{"a":{"events":[{}]}}', '21: holds no list of events'],
    ['{"events":[{}],"history":{"events":[{}]}}', '41: holds more than one list of events'],
    ['{"events":[]}', '13: holds a list without events'],
    ['{"events":[{}],"nextPageToken":"abc"}', '37: is one page of a longer history'],
    ['{"events":[{}],"events2":[{}] "a":1}', '36: the text around the events is not JSON'],
    ['{"a":1,"a":2,"events":[{}]}', '27: the text around the events is not JSON'],
    ['[{}] []', '5: goes on after the end'],
    ['[{},]', '4: an event ({) should stand here, after 1 events'],
    ['[{} {}]', '4: a comma or the end of the list should stand here, after 1 events'],
    ['[,{}]', '1: an event ({) should stand here'],
    ['[1]', '1: an event ({) should stand here'],
    ['[[{}]]', '1: an event ({) should stand here'],
    [`{"a":"${'x'.repeat(1_100_000)}","events":[]}`, '1048576: holds a megabyte of something other'],
    [`[${'{"a":'.repeat(2000)}`, '1: event number 1 is larger than any event'],
  ])('%.60s is refused', (text, problem) => {
    expect(problemOf(text)).toContain(problem);
  });

  it.each([
    [[0xef], 1],
    [[0xef, 0xbb], 2],
    [[0x20, 0xbb, 0xbf], 1],
    [[0x20, 0xef, 0xbb, 0xbf], 1],
    [[0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf], 3],
  ])('refuses what is only part of a byte order mark, or not at the beginning: %j', (bytes, offset) => {
    const { problem } = split(Uint8Array.of(...bytes, ...bytesOf('[{}]')));
    expect(problem).toBe(`${offset}: is neither JSON ({ or [) nor a binary history`);
  });

  it('refuses an event that is not UTF-8', () => {
    expect(split(Uint8Array.of(...bytesOf('[{"a":"'), 0xff, ...bytesOf('"}]'))).problem).toContain('is not UTF-8');
  });

  it('refuses an event beyond the memory bound', () => {
    const text = `[{"a":"${'x'.repeat(33 * 1024 * 1024)}"}]`;
    expect(problemOf(text)).toContain('1: event number 1 is larger than any event');
  });
});

const event = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue(), { maxKeys: 4 });

it('gives what JSON.parse gives, however the bytes are split', () => {
  fc.assert(
    fc.property(
      fc.array(event, { minLength: 1, maxLength: 5 }),
      fc.array(fc.nat(20), { maxLength: 30 }),
      fc.constantFrom(0, 1, 2),
      (events, sizes, indent) => {
        const bytes = bytesOf(JSON.stringify({ events }, null, indent));
        const { found, problem } = split(bytes, sizes);
        expect(problem).toBeNull();
        expect(found.map(({ value }) => value)).toEqual(JSON.parse(JSON.stringify(events)));
        for (const { offset } of found) expect(bytes[offset]).toBe('{'.charCodeAt(0));
      },
    ),
  );
});

it('finds every cut', () => {
  const text = JSON.stringify({ events: [{ a: '}]"\\', b: [{}] }, { c: 'ü' }], nextPageToken: null });
  const bytes = bytesOf(text);
  for (let length = 0; length < bytes.length; length += 1) {
    expect(split(bytes.slice(0, length)).problem, `cut to ${length}`).toMatch(/is cut off|is empty/);
  }
});
