import { readFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCommand } from '#e2e/harness/command.ts';
import { guidePython } from '#e2e/harness/python.ts';
import { verifyRecord } from '#server/store/record/verify-record.ts';
import { edit } from '#server/store/testing/open-store.ts';
import { exampleEntry, someEntry, writeEntries } from '#server/store/testing/record-entries.ts';

let folder: string;
let path: string;
let python: string;
let script: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchboard-by-hand-'));
  path = join(folder, 'store.db');
  python = await guidePython();
  script = /```python\n([\s\S]*?)```/.exec(await readFile('docs/record.md', 'utf8'))?.[1] ?? '';
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const byHand = () => runCommand(python, ['-c', script, path], { timeoutMs: 60_000 });

test('the script in docs/record.md finds what `record verify` finds', async () => {
  const hard = [
    exampleEntry({ body: '"\\/\b\t\n\f\r\u0001\u001f\u007f\u2028😀\ufffd\0' }),
    exampleEntry({ changeId: '\ud800' }),
  ];
  await writeEntries(path, [...hard, ...fc.sample(someEntry, 200)]);
  const { head } = await verifyRecord(path);
  expect(await byHand()).toMatchObject({ code: 0, stdout: `whole: 202 entries, head 202:${head?.hash}\n` });

  edit(path, 'update record_head set number = 201');
  expect(await byHand()).toMatchObject({ code: 1, output: expect.stringContaining('the end of the record') as string });
  edit(path, 'update record_head set number = 202');
  edit(path, 'drop trigger record_not_updated');
  edit(path, "update record set body = body || ' ' where number = 100");
  expect(await byHand()).toMatchObject({ code: 1, output: expect.stringContaining('entry 100 is not') as string });
});
