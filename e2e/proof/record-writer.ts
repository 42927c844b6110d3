/**
 * Appends to the record of a store as fast as it can, until it is killed: `node record-writer.ts STORE`. Prints one line for each entry
 * whose promise has resolved: its number and hash, read from the file by a connection of its own.
 */
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import Sqlite from 'better-sqlite3';
import { createStore } from '#server/store/store.ts';

const [path = ''] = process.argv.slice(2);
const { record } = await createStore(path);
const committed = new Sqlite(path, { readonly: true })
  .prepare<[string, string], string>(`select number || ' ' || hash from record where change_id = ? and kind = ?`)
  .pluck();

const owner = randomUUID();
const body = JSON.stringify({ plan: 'x'.repeat(500) });
for (;;) {
  const changeId = randomUUID();
  const say = (kind: string) => writeSync(1, `${committed.get(changeId, kind)}\n`);
  const entry = { namespace: 'orders', taskQueue: changeId, changeId, atMs: Date.now(), idempotencyKey: null, body };
  await record.begin({ ...entry, kind: 'intent', idempotencyKey: changeId }, { owner, untilMs: Date.now() + 10_000 });
  say('intent');
  const seen = { sets: '[["a"]]', seenMs: Date.now() };
  await record.append({ entry: { ...entry, kind: 'outcome' }, release: 'queue', seen }, (soFar) => soFar.length === 1);
  say('outcome');
  await record.append({ entry: { ...entry, kind: 'taken-up' }, release: 'claim' }, (soFar) => soFar.length === 2);
  say('taken-up');
}
