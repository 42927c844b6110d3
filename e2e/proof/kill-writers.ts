import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import { CHECKOUT } from '#server/cli/serve/build.ts';
import { verifyRecord } from '#server/store/record/verify-record.ts';

/** A writer dies at most so long after the first entry that it had committed. */
const LIFE_MAX_MS = 150;

/** No writer needs this long for its first entry, however busy the machine is. */
const START_LIMIT_MS = 60_000;

/** Every so many rounds several writers share the file. */
const SHARED_EVERY = 4;
const SHARED_WRITERS = 3;

export interface KillFigures {
  kills: number;
  /** Kills of writers that had others beside them. */
  shared: number;
  /** Entries that a writer had said to be committed. */
  commits: number;
  /** Of these, not in the file any more, or with another hash. */
  lost: number;
  /** Entries in the file at the end; more than was said where a writer died between the commit and the saying. */
  entries: number;
  problems: number;
}

/** Kills writers of one growing store file, and looks after every round for what they had committed. */
export async function killWriters(path: string, kills: number, signal: AbortSignal): Promise<KillFigures> {
  const figures: KillFigures = { kills: 0, shared: 0, commits: 0, lost: 0, entries: 0, problems: 0 };
  const said: string[] = [];
  for (let round = 1; figures.kills < kills; round++) {
    signal.throwIfAborted();
    const isShared = round % SHARED_EVERY === 0;
    const writers = Math.min(isShared ? SHARED_WRITERS : 1, kills - figures.kills);
    const lives = await Promise.all(Array.from({ length: writers }, () => killedWriter(path, signal)));
    said.push(...lives.flat());
    const report = await verifyRecord(path);
    figures.kills += writers;
    figures.shared += writers > 1 ? writers : 0;
    figures.commits = said.length;
    // What earlier writers committed must outlive the later ones' deaths, too.
    figures.lost = countLost(path, said);
    figures.entries = report.entries;
    figures.problems += report.problemCount;
  }
  return figures;
}

/** One writer from its start to its SIGKILL; what it had said to be committed. */
async function killedWriter(path: string, signal: AbortSignal): Promise<readonly string[]> {
  const child = spawn(process.execPath, [join(CHECKOUT, 'e2e/proof/record-writer.ts'), path], {
    stdio: ['ignore', 'pipe', 'inherit'],
    signal: AbortSignal.any([signal, AbortSignal.timeout(START_LIMIT_MS)]),
    killSignal: 'SIGKILL',
  });
  const ended = new Promise<NodeJS.Signals | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (_, by) => resolve(by));
  });
  const said: string[] = [];
  let killing: Promise<boolean> | undefined;
  for await (const line of createInterface({ input: child.stdout })) {
    said.push(line);
    killing ??= sleep(Math.random() * LIFE_MAX_MS).then(() => child.kill('SIGKILL'));
  }
  if ((await ended) !== 'SIGKILL' || said.length === 0) throw new Error('a writer ended by itself');
  await killing;
  return said;
}

function countLost(path: string, said: readonly string[]): number {
  const database = new Sqlite(path, { readonly: true });
  try {
    const find = database.prepare<[number], string>('select hash from record where number = ?').pluck();
    return said.filter((line) => {
      const [number, hash] = line.split(' ');
      return hash === undefined || find.get(Number(number)) !== hash;
    }).length;
  } finally {
    database.close();
  }
}
