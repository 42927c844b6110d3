import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inspectFile } from '#server/usecases/inspect/inspect-file.ts';

const FIXTURES = 'e2e/fixtures/histories';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'patchboard-inspect-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function* from(...chunks: Uint8Array[]) {
  yield* chunks;
}

function inspect(file: string, stdin = from(), signal = new AbortController().signal) {
  return inspectFile({ stdin: () => stdin, signal }, { file });
}

async function written(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const core = (id: string, deprecated: boolean, eventId: number, buildId: string | null) => ({
  kind: 'core',
  id,
  deprecated,
  version: null,
  eventId,
  buildId,
});
const version = (id: string, version: number, eventId: number, buildId: string) => ({
  kind: 'version',
  id,
  deprecated: null,
  version,
  eventId,
  buildId,
});

const PYTHON = {
  workflowId: 'py-patched',
  runId: '01a20a2e-bce0-77bd-9df9-294dc749e5a6',
  workflowType: 'MyWorkflow',
  sdk: { name: 'temporal-python', version: '1.35.0' },
  patches: [
    core('my-patch', false, 5, 'stage-2'),
    core('second/päth "q"-2', false, 7, 'stage-2'),
    core('late', true, 18, 'stage-2'),
  ],
  labels: ['my-patch', 'second/päth "q"-2', 'late'],
  unreadable: [],
  builds: ['stage-2'],
  closed: true,
};
const GO_BUILD = '23fefcd979c76ad258238d76f535c5ca';
const TS_BUILD = '@temporalio/worker@1.24.0+c9d80a6d1b383a3822e0482d9bb64cc4fe499c6b59966fb46b602532d4edd9c1';

describe('recorded histories', () => {
  it.each<[string, object]>([
    ['python-patched.json', PYTHON],
    ['python-patched.bin', PYTHON],
    ['ui-readable.json', PYTHON],
    [
      'typescript-order.json',
      {
        patches: [core('ts-patch', false, 10, TS_BUILD), core('ts-old', true, 17, TS_BUILD)],
        labels: ['ts-patch', 'ts-old'],
        sdk: { name: 'temporal-typescript', version: '1.24.0' },
      },
    ],
    [
      'go-version.json',
      {
        patches: [version('ship-by-rail', 2, 5, GO_BUILD), version('second', 1, 12, GO_BUILD)],
        labels: ['ship-by-rail-2', 'second-1'],
        unreadable: [],
      },
    ],
    [
      'go-zlib.json',
      {
        patches: [],
        labels: ['ship-by-rail-2', 'second-1'],
        unreadable: [
          { eventId: 5, reason: 'encrypted-or-encoded' },
          { eventId: 12, reason: 'encrypted-or-encoded' },
        ],
      },
    ],
    [
      'java-version.json',
      {
        patches: [version('pay-by-card', 3, 5, 'java-build'), version('declined', -1, 7, 'java-build')],
        labels: ['pay-by-card-3'],
        closed: true,
      },
    ],
    [
      'core-before-2023.json',
      {
        patches: [core('ancient-päth', false, 5, null), core('ancient-done', true, 6, null)],
        sdk: { name: null, version: null },
        builds: [],
      },
    ],
    [
      'cli-removed-failing.json',
      {
        patches: [core('my-patch', false, 5, 'stage-2'), core('second/päth "q"-2', false, 7, 'stage-2')],
        closed: false,
      },
    ],
    ['cli-reset.json', { runId: '604ced57-b2c2-4907-a76e-05e56f593784', patches: [], builds: [], closed: false }],
  ])('%s', async (name, expected) => {
    const file = `${FIXTURES}/${name}`;
    expect(await inspect(file)).toMatchObject({ file, ...expected });
  });

  it('has the keys in the documented order', async () => {
    const keys = Object.keys(await inspect(`${FIXTURES}/go-version.json`)).join();
    expect(keys).toBe('file,workflowId,runId,workflowType,sdk,patches,labels,unreadable,builds,closed');
  });
});

describe('the same history in other wrappings', () => {
  const recorded = () => readFile(`${FIXTURES}/python-patched.json`);
  const events = async (): Promise<object[]> => JSON.parse((await recorded()).toString()).events;

  it('gzip, twice packed files in one, whatever the name', async () => {
    const bytes = await recorded();
    expect(await inspect(await written('a.json', gzipSync(bytes)))).toMatchObject(PYTHON);
    const members = Buffer.concat([gzipSync(bytes.subarray(0, 999)), gzipSync(bytes.subarray(999))]);
    expect(await inspect(await written('b', members))).toMatchObject(PYTHON);
    const binary = gzipSync(await readFile(`${FIXTURES}/python-patched.bin`));
    expect(await inspect(await written('c.gz', binary))).toMatchObject(PYTHON);
  });

  it('standard input, byte by byte', async () => {
    const bytes = await recorded();
    const single = Array.from(bytes, (byte) => Uint8Array.of(byte));
    expect(await inspect('-', from(...single))).toEqual({ file: '-', ...PYTHON });
  });

  it("a bare list, the HTTP API's answer, one line, a byte order mark, newest first", async () => {
    const list = await events();
    const texts = [
      JSON.stringify(list),
      JSON.stringify({ history: { events: list }, rawHistory: [], nextPageToken: null }),
      `${JSON.stringify({ events: list })}\n`,
      `\uFEFF${JSON.stringify({ events: list }, null, '\t')}`,
      JSON.stringify({ events: list.toReversed() }),
    ];
    for (const [index, text] of texts.entries()) {
      expect(await inspect(await written(`wrap-${index}.json`, text))).toMatchObject(PYTHON);
    }
  });
});

describe('files that are no whole history', () => {
  const refused = async (name: string, content: string | Uint8Array) =>
    inspect(await written(name, content)).then(
      () => 'taken',
      (error: Error) => error.message.replace(`${folder}/`, ''),
    );

  it('are named with the place', async () => {
    const whole = await readFile(`${FIXTURES}/python-patched.json`);
    expect(await refused('cut.json', whole.subarray(0, 5000))).toBe(
      'cut.json: byte 5000: is cut off after 8 whole events.',
    );
    expect(await refused('cut.gz', gzipSync(whole).subarray(0, 700))).toBe(
      'cut.gz: byte 700: its gzip data are cut off here.',
    );
    const damaged = gzipSync(whole);
    damaged.fill(0xaa, 200, 260);
    expect(await refused('damaged.gz', damaged)).toMatch(
      /^damaged\.gz: byte \d+: its gzip data are damaged before here\.$/,
    );
    expect(await refused('inner.gz', gzipSync('[1]'))).toBe(
      'inner.gz: byte 1 of the unpacked data: an event ({) should stand here, after 0 events.',
    );
    expect(await refused('image.png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47))).toBe(
      'image.png: byte 0: is neither JSON ({ or [) nor a binary history.',
    );
    expect(await refused('power.json', Buffer.from('\uFEFF{"events":[]}', 'utf16le'))).toContain('is UTF-16 text');
    expect(await refused('empty', '')).toBe('empty: byte 0: is empty.');
    expect(await refused('package.json', '{"name":"x"}')).toBe('package.json: byte 12: holds no list of events.');
  });

  it('are refused when events are missing, since a missing one may be a marker', async () => {
    const { events } = JSON.parse((await readFile(`${FIXTURES}/python-patched.json`)).toString());
    const without = (...ids: string[]) =>
      JSON.stringify({ events: events.filter((event: { eventId: string }) => !ids.includes(event.eventId)) });
    expect(await refused('gap', without('5', '6'))).toMatch(/event 7 stands after event 4: events are missing/);
    expect(await refused('headless', without('1'))).toMatch(/event 3 stands after event 2/);
    expect(await refused('twice', JSON.stringify([...events, ...events]))).toMatch(/event 1 stands after event 20/);
    const newestFirst = JSON.stringify(JSON.parse(without('1')).events.toReversed());
    expect(await refused('late', newestFirst)).toMatch(/does not hold the events before event 2/);
    expect(
      await refused('other', '[{"eventId":1,"eventTime":"2023-05-01T00:00:00Z","eventType":"TimerStarted"}]'),
    ).toMatch(/byte 1: event 1 is not the start of a workflow execution/);
    expect(await refused('eventless', '[{"a":1}]')).toBe('eventless: byte 1: event number 1 has no eventType.');
  });

  it('cut off binary ones too', async () => {
    const whole = await readFile(`${FIXTURES}/python-patched.bin`);
    for (const length of [1, 3, 100, whole.length - 1]) {
      expect(await refused(`cut-${length}.bin`, whole.subarray(0, length))).not.toBe('taken');
    }
  });

  it('and what is no file', async () => {
    await expect(inspect(join(folder, 'none'))).rejects.toMatchObject({ code: 'not-found' });
    await expect(inspect(folder)).rejects.toMatchObject({
      code: 'invalid-request',
      message: `${folder}: is a folder.`,
    });
  });

  it('reading ends when it is stopped', async () => {
    const stop = new AbortController();
    stop.abort();
    const reading = inspect(`${FIXTURES}/python-patched.json`, from(), stop.signal);
    await expect(reading).rejects.toMatchObject({ code: 'aborted' });
  });
});
