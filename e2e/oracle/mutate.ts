import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Mutant } from './mutants.ts';
import { startThreads } from './threads.ts';

const CHECKOUT = join(import.meta.dirname, '..', '..');
const VERDICT = join('lib', 'domain', 'verdict');

export const JUDGE_FILE = join(CHECKOUT, VERDICT, 'judge-patch.ts');

/** Worlds between two looks at whether the missing rule was noticed. */
const WORLDS_AT_ONCE = 500;

interface Copy extends Disposable {
  readonly judgeFile: string;
}

/** The domain copied out of the checkout, with one rule deleted. @throws when the mutant's text does not stand there once */
function withoutRule({ file, find, replace }: Mutant): Copy {
  const folder = mkdtempSync(join(tmpdir(), 'patchboard-mutant-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', imports: { '#lib/*': './lib/*' } }));
    cpSync(join(CHECKOUT, 'lib', 'domain'), join(folder, 'lib', 'domain'), { recursive: true });
    const path = join(folder, VERDICT, file);
    const parts = readFileSync(path, 'utf8').split(find);
    if (parts.length !== 2) throw new Error(`${file} holds the text ${parts.length - 1} times, not once: ${find}`);
    writeFileSync(path, parts.join(replace));
    return { judgeFile: join(folder, VERDICT, 'judge-patch.ts'), [Symbol.dispose]: remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** @returns how many worlds showed that the rule is gone; null: none of so many did */
export async function catchMutant(mutant: Mutant, worldsMax: number, threadCount: number): Promise<number | null> {
  using copy = withoutRule(mutant);
  await using threads = startThreads(copy.judgeFile, threadCount);
  for (let from = 1; from <= worldsMax; from += WORLDS_AT_ONCE) {
    const tally = await threads.run({ setting: mutant.hazard ?? null, from, worlds: WORLDS_AT_ONCE });
    if (tally.falseSafes > 0) return from - 1 + tally.worlds;
  }
  return null;
}
