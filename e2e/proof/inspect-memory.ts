import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

/**
 * Proof: `patchboard inspect` reads a history of 200 MB within 1 GB of memory, and counts right. Prints its figures.
 * Run from the checkout: `node e2e/proof/inspect-memory.ts` with Node 24.
 */
const FILE_BYTES = 200 * 1024 * 1024;
const MAX_RSS_BYTES = 1024 * 1024 * 1024;

/** One marker in so many rounds of task and activity. */
const MARKER_EVERY = 1_000;

const START_MS = Date.UTC(2026, 0, 1);
const base64 = (text: string) => Buffer.from(text).toString('base64');
const JSON_PLAIN = { encoding: base64('json/plain') };

interface Shape {
  readonly name: string;
  /** Bytes of each activity's input: Temporal takes at most 2 MB. */
  readonly inputBytes: number;
  readonly indent: number;
  readonly isNewestFirst: boolean;
  readonly isPacked: boolean;
}

const SHAPES: readonly Shape[] = [
  { name: 'many small events', inputBytes: 20, indent: 0, isNewestFirst: false, isPacked: false },
  { name: 'as the command line prints', inputBytes: 1_000, indent: 2, isNewestFirst: false, isPacked: false },
  { name: 'payloads of 2 MB', inputBytes: 2_000_000, indent: 2, isNewestFirst: false, isPacked: true },
  { name: 'newest first', inputBytes: 20, indent: 0, isNewestFirst: true, isPacked: false },
];

type Attributes = Readonly<Record<string, unknown>>;

/** Bodies of the events in a round: a workflow task, now and then a marker, an activity with its input. */
function round(number: number, firstId: number, shape: Shape): [type: string, key: string, Attributes][] {
  const completedId = firstId + 2;
  const worker = { identity: 'worker', workerVersion: { buildId: `build-${number % 3}` } };
  const data = Buffer.from(JSON.stringify({ id: `patch-${number}`, deprecated: number % 2 === 0 })).toString('base64');
  const details = { 'patch-data': { payloads: [{ metadata: JSON_PLAIN, data }] } };
  const input = { payloads: [{ metadata: JSON_PLAIN, data: 'A'.repeat(shape.inputBytes) }] };
  return [
    ['WORKFLOW_TASK_SCHEDULED', 'workflowTaskScheduled', { taskQueue: { name: 'orders' } }],
    ['WORKFLOW_TASK_STARTED', 'workflowTaskStarted', worker],
    ['WORKFLOW_TASK_COMPLETED', 'workflowTaskCompleted', { ...worker, startedEventId: String(firstId + 1) }],
    ...(isMarkerRound(number, shape)
      ? [
          [
            'MARKER_RECORDED',
            'markerRecorded',
            { markerName: 'core_patch', details, workflowTaskCompletedEventId: String(completedId) },
          ] satisfies [string, string, Attributes],
        ]
      : []),
    ['ACTIVITY_TASK_SCHEDULED', 'activityTaskScheduled', { activityId: String(number), input }],
  ];
}

function isMarkerRound(number: number, { inputBytes }: Shape): boolean {
  return number % Math.max(1, Math.round(MARKER_EVERY / inputBytes)) === 0;
}

interface Written {
  events: number;
  markers: number;
}

/** The file's text in pieces, `written` counting along. Newest first needs all events made before the first is written. */
function* history(shape: Shape, lastRound: number, written: Written): Generator<string> {
  const texts: string[] = [];
  const event = (type: string, key: string, attributes: Attributes): string => {
    written.events += 1;
    const eventTime = new Date(START_MS + written.events).toISOString();
    const its = { eventId: String(written.events), eventTime, eventType: `EVENT_TYPE_${type}` };
    return JSON.stringify({ ...its, [`${key}EventAttributes`]: attributes }, null, shape.indent);
  };
  const all = function* (): Generator<string> {
    yield event('WORKFLOW_EXECUTION_STARTED', 'workflowExecutionStarted', {
      workflowId: 'large',
      workflowType: { name: 'Large' },
      taskQueue: { name: 'orders' },
    });
    for (let number = 0; number < lastRound; number += 1) {
      if (isMarkerRound(number, shape)) written.markers += 1;
      for (const [type, key, attributes] of round(number, written.events + 1, shape))
        yield event(type, key, attributes);
    }
  };
  if (shape.isNewestFirst) {
    for (const text of all()) texts.push(text);
    texts.reverse();
  }
  yield '{"events":[';
  let isFirst = true;
  for (const text of shape.isNewestFirst ? texts : all()) {
    yield isFirst ? text : `,${text}`;
    isFirst = false;
  }
  yield ']}';
}

async function writeHistory(path: string, shape: Shape): Promise<Written & { bytes: number }> {
  const sample: Written = { events: 0, markers: 0 };
  const roundBytes = [...history({ ...shape, isNewestFirst: false }, 50, sample)].join('').length / 50;
  const written = { events: 0, markers: 0, bytes: 0 };
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      written.bytes += chunk.length;
      done(null, chunk);
    },
  });
  const text = Readable.from(history(shape, Math.ceil(FILE_BYTES / roundBytes) + 1, written));
  if (shape.isPacked) await pipeline(text, counter, createGzip({ level: 1 }), createWriteStream(path));
  else await pipeline(text, counter, createWriteStream(path));
  return written;
}

/** Runs the command as a user does; it says its own peak as it ends. */
async function inspect(path: string) {
  const sayPeak = 'process.on("exit",()=>process._rawDebug("maxRSS="+process.resourceUsage().maxRSS))';
  const args = [
    `--import=data:text/javascript,${encodeURIComponent(sayPeak)}`,
    'server/cli/main.ts',
    'inspect',
    '--json',
  ];
  const startedMs = performance.now();
  const child = spawn(process.execPath, [...args, path], { stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => void (said.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => void (said.err += text));
  const code = await new Promise((resolve) => child.on('close', resolve));
  const peakKb = /maxRSS=(\d+)/.exec(said.err)?.[1];
  if (code !== 0 || peakKb === undefined) throw new Error(`inspect ended with ${String(code)}: ${said.err}`);
  return { report: JSON.parse(said.out), peakBytes: Number(peakKb) * 1024, tookMs: performance.now() - startedMs };
}

const MB = 1024 * 1024;
const folder = await mkdtemp(join(tmpdir(), 'patchboard-large-'));
let failures = 0;
try {
  for (const shape of SHAPES) {
    const path = join(folder, shape.isPacked ? 'history.json.gz' : 'history.json');
    const written = await writeHistory(path, shape);
    const { report, peakBytes, tookMs } = await inspect(path);
    const isRight =
      report.workflowId === 'large' &&
      report.patches.length === written.markers &&
      report.unreadable.length === 0 &&
      report.builds.length === Math.min(3, written.events) &&
      report.patches.every((patch: { id: string; deprecated: boolean; buildId: string }) => {
        const number = Number(patch.id.slice('patch-'.length));
        return patch.deprecated === (number % 2 === 0) && patch.buildId === `build-${number % 3}`;
      });
    const isWithin = peakBytes <= MAX_RSS_BYTES && written.bytes >= FILE_BYTES;
    if (!isRight || !isWithin) failures += 1;
    const size = `${Math.round(written.bytes / MB)} MB (${Math.round((await stat(path)).size / MB)} MB on disk)`;
    const counts = `${written.events} events, ${written.markers} markers ${isRight ? 'all found' : 'NOT RIGHT'}`;
    console.log(
      `${shape.name}: ${size}, ${counts}; peak ${Math.round(peakBytes / MB)} MB, ${(tookMs / 1000).toFixed(1)} s`,
    );
    await rm(path);
  }
} finally {
  await rm(folder, { recursive: true });
}
if (failures > 0) {
  console.error(`${failures} of ${SHAPES.length} histories were not read right within ${MAX_RSS_BYTES / MB} MB`);
  process.exitCode = 1;
}
