/** `npm test`, `npm run bench` and `npm run proof`: brings up what they need, runs them, ends everything. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CHECKOUT } from '#server/cli/serve/build.ts';
import { add, countsOf, NO_TESTS, problems, type StageResult, summaryLine } from './counts.ts';
import { endAll } from './process.ts';
import { goStories } from './go-worker.ts';
import { guidePython } from './python.ts';
import { runUntilSignal } from './run-until.ts';
import { endToEnd, integration, run, verify } from './stages.ts';
import { temporalBinary } from './temporal-binaries.ts';

const COMMANDS = { test, bench: () => script('bench'), proof: () => script('proof') };
type Command = keyof typeof COMMANDS;

const isCommand = (name: string | undefined): name is Command => name !== undefined && Object.hasOwn(COMMANDS, name);

async function test(signal: AbortSignal): Promise<number> {
  const stages: readonly [string, () => Promise<StageResult>][] = [
    ['verify', verify],
    ['integration', integration],
    ['end to end', () => endToEnd(signal)],
  ];
  const results: StageResult[] = [];
  for (const [name, stage] of stages) {
    if (signal.aborted) break;
    console.log(`\n=== ${name} ===`);
    const startedAt = Date.now();
    results.push(await guarded(name, stage));
    console.log(`=== ${name}: ${Math.round((Date.now() - startedAt) / 1000)} s ===`);
  }
  const found = problems(results, process.env.CI === 'true');
  for (const problem of found) console.log(problem);
  console.log(summaryLine(results.map(countsOf).reduce(add, NO_TESTS)));
  return found.length === 0 ? 0 : 1;
}

/** A stage that cannot run is a failure of its own; the next ones still run. */
async function guarded(name: string, stage: () => Promise<StageResult>): Promise<StageResult> {
  try {
    return await stage();
  } catch (error) {
    console.error(error instanceof Error ? `${name}: ${error.message}` : error);
    await endAll();
    return { name, counts: NO_TESTS, exitCode: 1 };
  }
}

/** The tools are got first, so that no figure contains a download. */
async function script(name: 'bench' | 'proof'): Promise<number> {
  const file = join('e2e', name, 'main.ts');
  if (!existsSync(join(CHECKOUT, file))) {
    console.error(`There is no ${file}.`);
    return 1;
  }
  await temporalBinary('newest');
  await guidePython();
  await goStories();
  return run(name, [file]);
}

const [name] = process.argv.slice(2);
if (isCommand(name)) await runUntilSignal(COMMANDS[name]);
else {
  console.error(`Usage: main.ts ${Object.keys(COMMANDS).join(' | ')}`);
  process.exitCode = 2;
}
