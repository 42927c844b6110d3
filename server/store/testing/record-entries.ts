import * as fc from 'fast-check';
import { HOSTILE } from '#server/store/testing/examples.ts';
import type { NewRecordEntry } from '#server/store/record/port.ts';
import { opened } from '#server/store/testing/open-store.ts';

export function exampleEntry(over: Partial<NewRecordEntry> = {}): NewRecordEntry {
  return {
    kind: 'outcome',
    changeId: 'c',
    namespace: 'n',
    taskQueue: 'q',
    atMs: 1_000,
    idempotencyKey: null,
    body: '{"outcome":"verified"}',
    ...over,
  };
}

/** An intent under its change's id as the key. */
export function exampleIntent(changeId: string, over: Partial<NewRecordEntry> = {}) {
  const entry = exampleEntry({ kind: 'intent', changeId, body: '{"plan":{}}', ...over });
  return { ...entry, idempotencyKey: over.idempotencyKey ?? changeId };
}

const name = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: 'grapheme', maxLength: 20 }));

/** Entries without an order that means something: the chain does not judge what they say. */
export const someEntry: fc.Arbitrary<NewRecordEntry> = fc.record({
  kind: fc.constantFrom('intent', 'outcome', 'taken-up', 'outside'),
  changeId: name,
  namespace: name,
  taskQueue: name,
  atMs: fc.integer({ min: 0, max: 4_000_000_000_000 }),
  idempotencyKey: fc.option(fc.uuid()),
  body: fc.oneof(name, fc.json()),
});

/** Appends them to the store of a file, which is made where it is not there. */
export async function writeEntries(path: string, entries: readonly NewRecordEntry[]): Promise<void> {
  await using store = await opened(path);
  for (const entry of entries) await store.record.append({ entry }, () => true);
}
