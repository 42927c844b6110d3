/**
 * The claim: the verdict calls no change safe that breaks a run. Worlds are generated, really played by a model of Core's replay
 * table and of GetVersion that shares no code with the verdict, and put to it as Patchboard would see them. Exit code 0 only when
 * no answer was falsely safe, every hazard and class was met often enough, and each deleted rule was noticed.
 *
 * `--seed N --setting NAME` tells one world in full; `--from N` begins at other seeds; `--share 0.1` plays a tenth.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { judgePatch } from '#lib/domain/verdict/judge-patch.ts';
import { checkWorld, falseSafes, type Setting } from './check.ts';
import { describeWorld } from './describe.ts';
import { catchMutant, JUDGE_FILE } from './mutate.ts';
import { MUTANTS } from './mutants.ts';
import { coverageProblems, needlessLines, summaryLine } from './report.ts';
import { startThreads } from './threads.ts';
import { HAZARDS } from './world.ts';

const MIXED_WORLDS = 200_000;
const HAZARD_WORLDS = 20_000;
const MUTANT_WORLDS = 200_000;

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    setting: { type: 'string', default: 'mixed' },
    from: { type: 'string', default: '1' },
    share: { type: 'string', default: '1' },
  },
});

process.exitCode = values.seed === undefined ? await prove() : tell(Number(values.seed), values.setting);

function settingOf(name: string): Setting {
  if (name === 'mixed') return null;
  const known = [...HAZARDS, 'plain' as const].find((setting) => setting === name);
  if (known === undefined) throw new Error(`no such setting: ${name}; there are mixed, plain, ${HAZARDS.join(', ')}`);
  return known;
}

function tell(seed: number, setting: string): number {
  const checked = checkWorld(judgePatch, seed, settingOf(setting));
  const failed = falseSafes(checked);
  for (const asked of failed.length > 0 ? failed : checked.asked) console.log(`${describeWorld(checked, asked)}\n`);
  return failed.length === 0 ? 0 : 1;
}

async function prove(): Promise<number> {
  const problems: string[] = [];
  const from = Number(values.from);
  const share = Number(values.share);
  const startedMs = Date.now();
  await using threads = startThreads(JUDGE_FILE, availableParallelism());

  const settings: readonly [string, Setting, number][] = [
    ['mixed', null, MIXED_WORLDS],
    ['plain', 'plain', HAZARD_WORLDS],
    ...HAZARDS.map((hazard): [string, Setting, number] => [hazard, hazard, HAZARD_WORLDS]),
  ];
  let worlds = 0;
  for (const [name, setting, full] of settings) {
    const tally = await threads.run({ setting, from, worlds: Math.ceil(full * share) });
    worlds += tally.worlds;
    console.log(summaryLine(name, tally));
    for (const text of tally.shown) console.log(`\n${text}\n`);
    if (tally.falseSafes > 0) problems.push(`${name}: ${tally.falseSafes} worlds falsely called safe`);
    if (setting === null) problems.push(...coverageProblems(tally));
    if (setting === null || setting === 'plain') for (const line of needlessLines(tally)) console.log(line);
  }
  console.log(`${worlds} worlds in ${Math.round((Date.now() - startedMs) / 1000)} s\n`);

  for (const mutant of MUTANTS) {
    const worlds = await catchMutant(mutant, MUTANT_WORLDS, availableParallelism()).catch((error: unknown) => {
      console.log(error instanceof Error ? error.message : error);
      return null;
    });
    const how = worlds === null ? 'NOT NOTICED' : `noticed within ${worlds} worlds (${mutant.hazard ?? 'mixed'})`;
    console.log(`deleted rule, ${mutant.name}: ${how}`);
    if (worlds === null) problems.push(`nothing notices that a rule is gone: ${mutant.name}`);
  }
  for (const problem of problems) console.log(`PROBLEM ${problem}`);
  return problems.length === 0 ? 0 : 1;
}
