import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isCodedError } from '#server/errors.ts';
import { inspectFile } from '#server/usecases/inspect/inspect-file.ts';
import type { InspectReport } from '#server/usecases/inspect/to-report.ts';

const NAMES = ['python-patched', 'go-version', 'java-version', 'core-before-2023', 'ui-readable', 'typescript-order'];
const fixture = (name: string) => readFileSync(`e2e/fixtures/histories/${name}`);

/** A report, or null for a file that was refused with a coded error; anything else thrown fails the test. */
async function inspect(bytes: Uint8Array): Promise<InspectReport | null> {
  async function* stdin() {
    yield bytes;
  }
  try {
    return await inspectFile({ stdin, signal: new AbortController().signal }, { file: '-' });
  } catch (error) {
    if (!isCodedError(error)) throw error;
    expect(error.message).toMatch(/^-: byte \d+/);
    return null;
  }
}

const mutation = fc.record({
  at: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  kind: fc.constantFrom('set', 'insert', 'delete', 'repeat'),
  bytes: fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 3 }),
    fc
      .constantFrom(
        '"',
        '{',
        '}',
        '0',
        '1',
        ',',
        'true',
        'null',
        'deprecated',
        'core_patch',
        'Version',
        '"id":"x",',
        '\\u0000',
      )
      .map((text) => new TextEncoder().encode(text)),
  ),
});

function mutate(original: Uint8Array, mutations: readonly { at: number; kind: string; bytes: Uint8Array }[]): Buffer {
  let bytes = Buffer.from(original);
  for (const { at, kind, bytes: some } of mutations) {
    const index = Math.floor(at * bytes.length);
    const rest = index + (kind === 'set' || kind === 'delete' ? some.length : 0);
    const put = kind === 'delete' ? Buffer.of() : kind === 'repeat' ? bytes.subarray(index, index + 40) : some;
    bytes = Buffer.concat([bytes.subarray(0, index), put, bytes.subarray(rest)]);
  }
  return bytes;
}

/** The words that decide what an event is: one of their occurrences becomes another word. */
const WORDS =
  /EVENT_TYPE_\w+|MarkerRecorded|\w+EventAttributes|core_patch|patch-data|patch_id|deprecated|change-?[Ii]d|version|payloads|data|encoding|json\/plain|eventId/g;
const renaming = fc.record({
  pick: fc.nat(),
  to: fc.constantFrom('', 'x', '1', 'version', 'events', '__proto__', 'MarkerRecorded'),
});

function rename(original: Uint8Array, { pick, to }: { pick: number; to: string }): Buffer {
  const text = Buffer.from(original).toString();
  const words = [...text.matchAll(WORDS)];
  const word = words[pick % words.length];
  if (!word) return Buffer.from(original);
  return Buffer.from(`${text.slice(0, word.index)}${to}${text.slice(word.index + word[0].length)}`);
}

describe('damaged histories', () => {
  it('in JSON give only markers that stand in the file', async () => {
    let reported = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...NAMES),
        fc.array(mutation, { maxLength: 2 }),
        fc.option(renaming),
        async (name, mutations, renamed) => {
          const mutated = mutate(fixture(`${name}.json`), mutations);
          const bytes = renamed === null ? mutated : rename(mutated, renamed);
          const report = await inspect(bytes);
          if (report === null) return;
          const standing = markersIn(JSON.parse(new TextDecoder().decode(bytes)));
          for (const { kind, id, deprecated, version, eventId } of report.patches) {
            reported += 1;
            expect(standing).toContainEqual({ eventId, kind, id, said: kind === 'core' ? deprecated : version });
          }
          const unreadable = new Set(report.unreadable.map(({ eventId }) => eventId));
          expect(report.patches.length + unreadable.size).toBeGreaterThanOrEqual(patchEventsIn(standing).size);
        },
      ),
      { numRuns: 1500 },
    );
    expect(reported).toBeGreaterThan(300);
  });

  it('in protobuf and gzip are read or refused', async () => {
    const binary = fixture('python-patched.bin');
    const originals = [binary, gzipSync(binary), gzipSync(fixture('go-version.json'))];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...originals),
        fc.array(mutation, { minLength: 1, maxLength: 3 }),
        async (bytes, mutations) => {
          await inspect(mutate(bytes, mutations));
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('anything', () => {
  it('is refused or read, never a crash', async () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.json().map((text) => new TextEncoder().encode(text)),
      fc.jsonValue().map((value) => new TextEncoder().encode(JSON.stringify({ events: [value] }))),
      fc.uint8Array({ maxLength: 60 }).map((tail) => Buffer.concat([Buffer.of(0x0a, 8, 8, 1), tail])),
      fc.uint8Array({ maxLength: 60 }).map((tail) => Buffer.concat([Buffer.of(0x1f, 0x8b), tail])),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (candidate) => {
        const report = await inspect(candidate);
        expect(report?.patches ?? []).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});

interface Standing {
  readonly eventId: number;
  readonly kind: string;
  readonly id: unknown;
  readonly said: unknown;
}

/** Every patch that the markers of a parsed file could stand for, by a loose reading of its own. */
function markersIn(file: { events: Record<string, unknown>[] }): Standing[] {
  return file.events.flatMap((event) => {
    const its: unknown = event.markerRecordedEventAttributes;
    if (typeof its !== 'object' || its === null || !('details' in its) || !('markerName' in its)) return [];
    const read = (key: string) => JSON.stringify(Object(its.details)[key]?.payloads ?? []);
    const stored = (key: string): unknown[] => JSON.parse(read(key)).flatMap(readings);
    const eventId = Number(event.eventId);
    const core = (id: unknown, said: unknown) => ({ eventId, kind: 'core', id, said });
    if (its.markerName === 'core_patch') {
      const today = stored('patch-data').map((value) => core(Object(value).id, Object(value).deprecated));
      const before = stored('patch_id').flatMap((id) =>
        stored('deprecated').map((flag) => core(id, flag === '\u0001')),
      );
      return [...today, ...before];
    }
    if (its.markerName !== 'Version') return [];
    return [...stored('change-id'), ...stored('changeId')].flatMap((id) =>
      stored('version').map((said) => ({ eventId, kind: 'version', id, said })),
    );
  });
}

/** A payload's data as it stands, from base64, and from JSON in base64. */
function readings(payload: { data?: unknown }): unknown[] {
  const text = Buffer.from(String(payload.data), 'base64').toString();
  try {
    return [payload.data, text, JSON.parse(text)];
  } catch {
    return [payload.data, text];
  }
}

/** Events whose marker surely names a patch: none of them may go missing without a word. */
function patchEventsIn(standing: readonly Standing[]): Set<number> {
  return new Set(
    standing
      .filter(({ id }) => typeof id === 'string' && !id.startsWith('__sdk_internal'))
      .filter(({ kind, said }) => (kind === 'core' ? typeof said === 'boolean' : typeof said === 'number'))
      .map(({ eventId }) => eventId),
  );
}
