import type { WorkerStamp } from '#lib/domain/history/events.ts';
import type { Code } from './program.ts';
import { at, type Random } from './random.ts';
import type { Fence, Hazard } from './world.ts';

/** Version sets or deployment versions as they come about, code by code. */
export interface Fencing {
  /** Routing once the code of that index is deployed, and with the length of the row at the moment of the question; null: no routing. */
  readonly fenceAt: (code: number) => Fence | null;
  /** null: the code's workers are not versioned. */
  readonly stampAt: (code: number) => WorkerStamp | null;
  readonly doesPin: (code: number) => boolean;
  /** A deployment version, or `auto-upgrade`. */
  readonly overrideFor: (random: Random) => string;
}

const TARGET = 'target';

const NO_FENCING: Fencing = {
  fenceAt: () => null,
  stampAt: () => null,
  doesPin: () => false,
  overrideFor: () => 'auto-upgrade',
};

export function createFencing(random: Random, hazards: ReadonlySet<Hazard>, codes: readonly Code[]): Fencing {
  if (!hazards.has('fenced')) return NO_FENCING;
  const isTargetNamed = random.chance(0.8);
  const from = random.below(codes.length);
  return random.chance(0.5)
    ? setFencing(random, codes, from, isTargetNamed)
    : deploymentFencing(random, codes, from, isTargetNamed);
}

function setFencing(random: Random, codes: readonly Code[], from: number, isTargetNamed: boolean): Fencing {
  const sets: string[][] = [];
  const setsAt: string[][][] = [];
  for (const index of codes.keys()) {
    if (index >= from) {
      if (sets.length > 0 && random.chance(0.4)) at(sets, sets.length - 1).push(`set-build-${index}`);
      else sets.push([`set-build-${index}`]);
    }
    setsAt.push(sets.map((ids) => [...ids]));
  }
  const targetSets = sets.map((ids) => [...ids]);
  const place = random.next();
  if (place < 0.35) at(targetSets, targetSets.length - 1).push(TARGET);
  else if (place < 0.7) targetSets.push([TARGET]);
  else if (place < 0.85) random.pick(targetSets).push(TARGET);
  // Asked before it is registered, or without its name, the target is in no set.
  const isRegistered = place < 0.85 && isTargetNamed;
  const known = { sets: (isRegistered ? targetSets : sets).map((buildIds) => ({ buildIds })) };
  const setsByQueue = new Map([
    ['queue-a', known],
    ['queue-b', known],
  ]);
  return {
    fenceAt: (code) => ({
      kind: 'sets',
      sets: code === codes.length ? known.sets.map(({ buildIds }) => buildIds) : (setsAt[code] ?? []),
      current: null,
      target: { build: TARGET, setsByQueue },
      isTargetNamed,
    }),
    stampAt: (code) =>
      code < from ? null : { buildId: `set-build-${code}`, useVersioning: true, deploymentVersion: null },
    doesPin: () => false,
    overrideFor: () => 'auto-upgrade',
  };
}

function deploymentFencing(random: Random, codes: readonly Code[], from: number, isTargetNamed: boolean): Fencing {
  const pins = codes.map((_, index) => index >= from && random.chance(0.6));
  const versionOf = (code: number) => (code < from ? null : `orders:build-${code}`);
  const build = random.pick([TARGET, `orders:${TARGET}`]);
  return {
    fenceAt: (code) => ({
      kind: 'deployments',
      sets: [],
      current: code < 0 ? null : versionOf(Math.min(code, codes.length - 1)),
      target: { build, setsByQueue: new Map() },
      isTargetNamed,
    }),
    stampAt: (code) => {
      const deploymentVersion = versionOf(code);
      return deploymentVersion === null ? null : { buildId: `build-${code}`, useVersioning: true, deploymentVersion };
    },
    doesPin: (code) => at(pins, code),
    overrideFor: (chance) =>
      versionOf(chance.below(codes.length)) ?? (chance.chance(0.5) ? 'auto-upgrade' : `orders:${TARGET}`),
  };
}
