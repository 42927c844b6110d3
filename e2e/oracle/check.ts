import type { Evidence, PatchVerdict } from '#lib/domain/verdict/types.ts';
import { asFacts, claimsOf, type Telling, TELLINGS } from './declare.ts';
import { evidenceOf, type Gaps, gapsOf, NO_GAPS } from './evidence.ts';
import { generateWorld } from './generate-world.ts';
import { randomFrom } from './random.ts';
import { findTruth, type Truth } from './truth.ts';
import type { Hazard, World } from './world.ts';
import { isVisiblyWrong, wrongClaims } from './wrong-fact.ts';

export type Judge = (evidence: Evidence) => PatchVerdict;
export type Setting = Hazard | 'plain' | null;

/** How a world was told to the verdict: with true facts of some kind, or with a false one that the evidence speaks against. */
export type Way = Telling | 'wrong';

export interface Asked {
  readonly way: Way;
  readonly evidence: Evidence;
  readonly verdict: PatchVerdict;
}

export interface Checked extends Truth {
  readonly world: World;
  /** Nothing is missing from the evidence. */
  readonly isWhole: boolean;
  readonly asked: readonly Asked[];
}

/** Futures tried of each kind: where the verdict says safe, more are. */
const EFFORT = 2;
const EFFORT_SAFE = 8;

/** One world, what is true in it, and what the verdict says of it in every way of telling. */
export function checkWorld(judge: Judge, seed: number, setting: Setting, ways: readonly Telling[] = TELLINGS): Checked {
  const world = generateWorld(seed, setting);
  const random = randomFrom(seed ^ 0x5bd1e995);
  const gaps = gapsOf(world, random);
  const asked: Asked[] = ways.map((way) => ask(judge, world, way, gaps, seed));
  const wrong = world.hazards.has('wrong-fact') ? askWrongly(judge, world, gaps, seed) : null;
  if (wrong !== null) asked.push(wrong);
  const isCalledSafe = asked.some(({ verdict }) => verdict.answer === 'safe');
  const truth = findTruth(world, random, isCalledSafe ? EFFORT_SAFE : EFFORT);
  const isWhole = !world.hazards.has('incomplete') && gaps.undecodable === NO_GAPS.undecodable;
  return { world, ...truth, isWhole, asked };
}

function ask(judge: Judge, world: World, way: Telling, gaps: Gaps, seed: number): Asked {
  // The same for all ways of telling, so that they differ in the facts alone.
  const facts = asFacts(claimsOf(world, way, randomFrom(seed ^ 0x1234567)), world);
  const evidence = evidenceOf(world, facts, gaps, randomFrom(seed ^ 0x7654321));
  return { way, evidence, verdict: judge(evidence) };
}

function askWrongly(judge: Judge, world: World, gaps: Gaps, seed: number): Asked | null {
  const random = randomFrom(seed ^ 0x2468ace);
  const wrong = wrongClaims(world, random);
  if (wrong === null) return null;
  const kinds = new Set(wrong.map(({ kind }) => kind));
  const rest = claimsOf(world, 'basics', random).filter(
    // Nobody confirms what is told wrongly.
    ({ kind }) => !kinds.has(kind) && kind !== 'identity-confirmed',
  );
  const facts = asFacts([...rest, ...wrong], world);
  const evidence = evidenceOf(world, facts, gaps, randomFrom(seed ^ 0x7654321));
  return isVisiblyWrong(world, wrong, evidence) ? { way: 'wrong', evidence, verdict: judge(evidence) } : null;
}

/** Ways in which the verdict calls safe what breaks. */
export function falseSafes({ breakage, asked }: Checked): readonly Asked[] {
  return breakage === null ? [] : asked.filter(({ verdict }) => verdict.answer === 'safe');
}
