/**
 * The claim: what Patchboard calls safe, the SDK's own replayer can replay, and a run that it names as breaking cannot be. Real
 * Python, TypeScript and Go workers make the runs, first of designed stories, then of random lives; at each point every open run is
 * replayed with the changed code. Exit code 0 only when nothing was otherwise.
 */
import { parseArgs } from 'node:util';
import { runUntilSignal } from '#e2e/harness/run-until.ts';
import type { StorySdk } from '#e2e/harness/story-worker.ts';
import type { TemporalVersion } from '#e2e/harness/temporal-binaries.ts';
import type { Story } from '#e2e/stories/point.ts';
import { failedIn, figuresOf, type PointProof } from '#e2e/stories/prove-point.ts';
import { proveStory } from '#e2e/stories/prove-story.ts';
import { randomLife } from '#e2e/stories/random-life.ts';
import { startStoryServer } from '#e2e/stories/server.ts';
import { STORIES, STORY_SDKS } from '#e2e/stories/stories.ts';

interface Round {
  readonly name: string;
  readonly version: TemporalVersion;
  /** Runs are kept in memory, as workers do by default; else every task is replayed. */
  readonly isSticky: boolean;
  /** Runs in each crowd; twenty are named at most, so that two crowds fit. */
  readonly crowd: number;
  readonly storyOf: (sdk: StorySdk) => Story;
}

const { values } = parseArgs({ options: { seed: { type: 'string' } } });
const seed = Number(values.seed ?? Math.floor(Math.random() * 2 ** 31));

const DESIGNED = { name: 'designed stories', storyOf: (sdk: StorySdk) => STORIES[sdk] };
const ROUNDS: readonly Round[] = [
  { ...DESIGNED, version: 'newest', isSticky: false, crowd: 10 },
  { ...DESIGNED, version: 'newest', isSticky: true, crowd: 10 },
  { ...DESIGNED, version: 'old', isSticky: false, crowd: 3 },
  { ...DESIGNED, version: 'old', isSticky: true, crowd: 3 },
  ...[seed, seed + 1].map((ofLife): Round => ({
    name: `random lives of seed ${ofLife}`,
    version: 'newest',
    isSticky: true,
    crowd: 1,
    storyOf: (sdk) => randomLife(sdk, ofLife, { deploys: 8, stepsADeploy: 8 }),
  })),
];

async function play({ name, version, isSticky, crowd, storyOf }: Round): Promise<readonly PointProof[]> {
  console.log(`\n${name}, ${version} server, ${isSticky ? 'runs kept in memory' : 'every task replayed'}`);
  await using server = await startStoryServer(version, STORY_SDKS);
  const proofs = await Promise.all(
    STORY_SDKS.map((sdk) =>
      proveStory({ sdk, address: server.address, namespace: sdk, crowd, isSticky }, storyOf(sdk), (proof) =>
        console.log(`${sdk.padEnd(10)} ${figuresOf(proof)}`),
      ),
    ),
  );
  return proofs.flat();
}

function summary(proofs: readonly PointProof[]): string {
  const answered = (answer: string) => proofs.filter(({ verdict }) => verdict.answer === answer);
  const counts = ['safe', 'blocked', 'unknown'].map((answer) => `${answered(answer).length} ${answer}`);
  const replays = proofs.flatMap(({ replayed }) => replayed);
  const passing = proofs.filter(({ replayed }) => failedIn(replayed).length === 0);
  const falseSafes = answered('safe').filter(({ replayed }) => failedIn(replayed).length > 0);
  return [
    `${proofs.length} points: ${counts.join(', ')}`,
    `${replays.length} replays, ${failedIn(replays).length} failed`,
    `safe at ${answered('safe').length} of the ${passing.length} points at which every open run replays`,
    `${falseSafes.length} false safes, ${proofs.filter(({ problems }) => problems.length > 0).length} points not proven`,
  ].join('; ');
}

await runUntilSignal(async (signal) => {
  const proofs: PointProof[] = [];
  for (const round of ROUNDS) {
    if (signal.aborted) break;
    const ofRound = await play(round);
    console.log(`  ${summary(ofRound)}`);
    proofs.push(...ofRound);
  }
  console.log(`\nin all ${summary(proofs)}`);
  return proofs.length > 0 && proofs.every(({ problems }) => problems.length === 0) ? 0 : 1;
});
