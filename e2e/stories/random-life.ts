import type { StorySdk, StoryWorker } from '#e2e/harness/story-worker.ts';
import { type Random, randomFrom } from '#e2e/oracle/random.ts';
import type { Story, StoryPoint } from '#e2e/stories/point.ts';
import type { StoryRig } from '#e2e/stories/rig.ts';
import { type StoryRun, StuckError } from '#e2e/stories/run.ts';
import type { PatchQuestion } from '#lib/domain/verdict/question.ts';

interface Life {
  readonly patchId: string;
  readonly workflowTypes: readonly string[];
  /** In the order in which they should be deployed; now and then one is left out or rolled back. */
  readonly codes: readonly string[];
  readonly questions: readonly { readonly question: PatchQuestion; readonly changed: string }[];
}

const CORE: Life = {
  patchId: 'my-patch',
  workflowTypes: ['Order', 'Loop'],
  codes: ['stage-1-initial', 'stage-2-patched', 'stage-3-deprecated'],
  questions: [
    { question: { name: 'deprecate' }, changed: 'stage-3-deprecated' },
    { question: { name: 'remove' }, changed: 'stage-4-complete' },
  ],
};

const GO: Life = {
  patchId: 'change-1',
  workflowTypes: ['Order'],
  codes: ['initial', 'default-1', 'default-2', '1-2'],
  questions: [
    { question: { name: 'raise-min', version: 1 }, changed: '1-2' },
    { question: { name: 'raise-min', version: 2 }, changed: 'only-2' },
    { question: { name: 'drop-call', version: 1 }, changed: 'dropped-at-1' },
    { question: { name: 'drop-call', version: 2 }, changed: 'dropped-at-2' },
  ],
};

const LIVES: Readonly<Record<StorySdk, Life>> = { python: CORE, typescript: CORE, go: GO };

/** Run → its type, and the deploy at which it began. */
type OpenRuns = Map<StoryRun, { readonly workflowType: string; readonly since: number }>;

/** Deploys of one life, after each of which runs begin, go on and end, and every question is asked. */
export interface LifeLength {
  readonly deploys: number;
  readonly stepsADeploy: number;
}

/** A life that no one designed: whatever is answered, safe must be safe, and a run that surely breaks must break. */
export function randomLife(sdk: StorySdk, seed: number, length: LifeLength): Story {
  return {
    facts: [
      { kind: 'callback', use: 'none' },
      { kind: 'ids-name-one-code', taskQueue: null },
      { kind: 'calls-together', patch: null },
    ],
    play: (rig) => play(rig, LIVES[sdk], randomFrom(seed), length),
  };
}

async function* play(
  rig: StoryRig,
  life: Life,
  random: Random,
  { deploys, stepsADeploy }: LifeLength,
): AsyncGenerator<StoryPoint, void, void> {
  const runs: OpenRuns = new Map();
  const stopped: StoryWorker[] = [];
  for (let deploy = 0; deploy < deploys; deploy += 1) {
    const code = codeOf(life, random, deploy / deploys);
    const worker = await rig.startWorker({ code, ...(rig.sdk === 'typescript' ? {} : { buildId: `life-${code}` }) });
    // Mostly nobody asks before the workers of the deploy before are forgotten.
    if (random.chance(0.8)) for (const gone of stopped.splice(0)) await rig.retire(gone);
    for (const [run, { since }] of runs) if (since < deploy - 1 && random.chance(0.7)) await end(run, runs);
    for (let step = 0; step < stepsADeploy; step += 1) await takeStep(rig, life, random, runs, deploy);
    for (const workflowType of new Set([...runs.values()].map((run) => run.workflowType))) {
      for (const { question, changed } of life.questions) {
        const version = 'version' in question ? ` ${question.version}` : '';
        const name = `${question.name}${version} of ${workflowType}, deploy ${deploy + 1}, ${code}`;
        yield { name, workflowType, patchId: life.patchId, question, changed, expected: null, breaks: null };
      }
    }
    await worker.stop();
    stopped.push(worker);
  }
}

/** About as far along as the life is; one deploy in five is any. */
function codeOf({ codes }: Life, random: Random, progress: number): string {
  const due = codes[Math.floor(progress * codes.length)] ?? '';
  return random.chance(0.2) ? random.pick(codes) : due;
}

async function takeStep(rig: StoryRig, life: Life, random: Random, runs: OpenRuns, deploy: number): Promise<void> {
  if (runs.size < 3 || random.chance(0.3)) {
    const workflowType = random.pick(life.workflowTypes);
    runs.set(await rig.start(workflowType), { workflowType, since: deploy });
    return;
  }
  const run = random.pick([...runs.keys()]);
  if (random.chance(0.35)) await end(run, runs);
  else await unlessStuck(run, runs, run.go);
}

async function end(run: StoryRun, runs: OpenRuns): Promise<void> {
  await unlessStuck(run, runs, run.finish);
  runs.delete(run);
}

/** Rolled back or deployed too early: its worker cannot replay it. Operators end such a run. */
async function unlessStuck(run: StoryRun, runs: OpenRuns, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof StuckError)) throw error;
    await run.terminate();
    runs.delete(run);
  }
}
