import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EXIT, type ExitCode } from '#server/cli/command.ts';
import { recordText } from '#server/cli/record-text.ts';
import { runCommand } from '#server/cli/run-command.ts';
import type { RecordProblem } from '#server/store/record/check-chain.ts';
import { edit } from '#server/store/testing/open-store.ts';
import { exampleEntry, writeEntries } from '#server/store/testing/record-entries.ts';

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchboard-record-'));
  path = join(folder, 'store.db');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function verify(...args: string[]) {
  let [out, err] = ['', ''];
  let code: ExitCode = EXIT.ok;
  await runCommand(['record', 'verify', ...args], {
    env: { PATCHBOARD_DATABASE_URL: path, XDG_CONFIG_HOME: folder },
    openCtx: () => Promise.reject(new Error('record verify needs neither Temporal nor a runtime')),
    write: (text) => void (out += text),
    writeError: (text) => void (err += text),
    exit: (next) => void (code = next),
    signal: new AbortController().signal,
    hasColor: false,
  });
  return { out, err, code };
}

const written = async () => {
  await writeEntries(path, [exampleEntry({ changeId: 'a' }), exampleEntry({ changeId: 'b' })]);
  const { head } = JSON.parse((await verify('--json')).out);
  return `${head.number}:${head.hash}`;
};

describe('patchboard record verify', () => {
  it('prints the head of a whole record and ends with 0; the head of an earlier day is still there', async () => {
    const head = await written();
    expect(await verify()).toEqual({ out: `The record is whole: 2 entries, head ${head}.\n`, err: '', code: EXIT.ok });
    await writeEntries(path, [exampleEntry()]);
    const later = await verify('--head', head);
    expect(later).toMatchObject({ code: EXIT.ok, out: expect.stringContaining('3 entries, head 3:') as string });
    expect(JSON.parse((await verify('--json', '--head', head)).out)).toMatchObject({
      isKept: true,
      isWhole: true,
      entries: 3,
    });
  });

  it('prints each problem and what it means, and ends with 1', async () => {
    const head = await written();
    edit(path, 'drop trigger record_not_updated');
    edit(path, "update record set body = 'x' where number = 1");
    expect(await verify()).toEqual({
      out: 'The record is damaged: 1 problem in 2 entries.\n  entry 1: changed after it was written: its fields do not give its hash\n',
      err: '',
      code: EXIT.blocked,
    });
    expect(JSON.parse((await verify('--json')).out)).toMatchObject({
      isWhole: false,
      problemCount: 1,
      problems: [{ what: 'edited', number: 1, lastNumber: 1 }],
    });
    expect((await verify('--head', head.replace('2:', '1:'))).out).toContain(
      'entry 1: has another hash than the head you gave',
    );
    expect((await verify('--head', head.replace('2:', '9:'))).out).toContain('entry 9: the head you gave is not there');
  });

  it.each(['214', '0:ab', `0:${'a'.repeat(64)}`, `2:${'a'.repeat(63)}`, 'x'])(
    'takes %j for no head, exit 3',
    async (head) => {
      await written();
      expect(await verify('--head', head)).toMatchObject({
        out: '',
        code: EXIT.usage,
        err: expect.stringContaining('NUMBER:HASH') as string,
      });
    },
  );

  it('ends with 3 where there is no store of Patchboard, and makes none', async () => {
    expect(await verify()).toMatchObject({
      out: '',
      code: EXIT.usage,
      err: expect.stringContaining('There is no store') as string,
    });
    edit(path, 'create table bookmarks (url text)');
    expect(await verify()).toMatchObject({
      code: EXIT.usage,
      err: expect.stringContaining('another program') as string,
    });
  });

  it('says that a store of an earlier Patchboard has no record yet', async () => {
    edit(path, 'create table migration (id integer primary key, name text not null, applied_ms bigint not null)');
    expect(await verify()).toMatchObject({ code: EXIT.ok, out: expect.stringContaining('no record yet') as string });
  });

  it('prints nothing to follow for a record without entries', async () => {
    await writeEntries(path, []);
    expect((await verify()).out).toBe('The record is whole: no entries yet.\n');
  });
});

describe('the text of problems', () => {
  const text = (problems: readonly RecordProblem[], problemCount = problems.length) =>
    recordText({ isKept: true, entries: 5, head: null, problemCount, problems });

  it('names one entry, several, or the record', () => {
    const lines = text([
      { what: 'missing', number: 2, lastNumber: 2 },
      { what: 'missing', number: 4, lastNumber: 6 },
      { what: 'end-unknown', number: 0, lastNumber: 0 },
      { what: 'stray', number: 0, lastNumber: 0 },
    ]).split('\n');
    expect(lines.map((line) => line.split(':')[0])).toEqual([
      'The record is damaged',
      '  entry 2',
      '  entries 4 to 6',
      '  the record',
      '  entry 0',
      '',
    ]);
  });

  it('says how many more there are', () => {
    expect(text([{ what: 'edited', number: 2, lastNumber: 2 }], 36)).toMatch(
      /36 problems in 5 entries[\s\S]* {2}and 35 more\n$/,
    );
  });
});
