import type { DeclaredFact, FactClaim, ManifestPatch } from '#lib/domain/verdict/declared-facts.ts';
import {
  callOf,
  codesByIdentity,
  didCallsEnterTogether,
  doIdsNameOneCode,
  floorSince,
  formsOf,
  runsAtLeast,
  versionOf,
} from './codes-truth.ts';
import { replayAll } from './make-session.ts';
import { at, type Random } from './random.ts';
import type { World } from './world.ts';

/**
 * What people and CI told Patchboard: nothing; what configuration and a person know; floors or manifests too; both and proofs by
 * replay too. All of it is true in the world.
 */
export type Telling = 'nothing' | 'basics' | 'floors' | 'proofs';
export const TELLINGS: readonly Telling[] = ['nothing', 'basics', 'floors', 'proofs'];

const kindOf = ({ question }: World) =>
  question.name === 'deprecate' || question.name === 'remove' ? ('core' as const) : ('version' as const);

export function asFacts(claims: readonly FactClaim[], world: World): readonly DeclaredFact[] {
  return claims.map((claim, index) => ({
    id: `fact-${index}`,
    declaredBy: 'somebody',
    declaredAtMs: world.nowMs,
    claim,
  }));
}

export function claimsOf(world: World, telling: Telling, random: Random): readonly FactClaim[] {
  if (telling === 'nothing') return [];
  const claims = basics(world, random);
  // A floor says "at least", which does not help who drops a call.
  const hasFloors = random.chance(0.5) && world.question.name !== 'drop-call';
  if (telling === 'floors') claims.push(...(hasFloors ? floors(world, random) : manifests(world, random)));
  if (telling === 'proofs')
    claims.push(...floors(world, random), ...manifests(world, random), ...proofs(world, random));
  return claims;
}

function basics(world: World, random: Random): FactClaim[] {
  const patch = { kind: kindOf(world), id: at(world.patchIds, 0) };
  const claims: FactClaim[] = [];
  if (doIdsNameOneCode(world, null)) claims.push({ kind: 'ids-name-one-code', taskQueue: null });
  else {
    for (const taskQueue of world.taskQueues) {
      if (doIdsNameOneCode(world, taskQueue)) claims.push({ kind: 'ids-name-one-code', taskQueue });
    }
  }
  claims.push(callbackClaim(world));
  if (didCallsEnterTogether(world)) {
    claims.push({ kind: 'calls-together', patch: random.chance(0.8) ? patch : null });
  }
  const users = world.types.filter((_, type) => formsOf(world, world.after, type).length > 0);
  claims.push({ kind: 'types', patch, workflowTypes: users.map(({ name }) => name) });
  for (const { identity, codes } of codesByIdentity(world).values()) {
    if (codes.size === 1 && random.chance(0.5)) claims.push({ kind: 'identity-confirmed', identity });
  }
  return claims;
}

function callbackClaim({ callbackUntilMs, nowMs }: World): FactClaim {
  if (callbackUntilMs === null) return { kind: 'callback', use: 'none' };
  if (callbackUntilMs > nowMs) return { kind: 'callback', use: 'in-use' };
  return { kind: 'callback', use: 'all-on', sinceMs: callbackUntilMs };
}

function floors(world: World, random: Random): readonly FactClaim[] {
  const patch = { kind: kindOf(world), id: at(world.patchIds, 0) };
  const claims: FactClaim[] = [];
  const add = (
    taskQueue: string,
    type: number | null,
    call: 'patched' | 'deprecate-patch' | null,
    version: number | null,
  ) => {
    const sinceMs = floorSince(world, taskQueue, (code) =>
      call === null
        ? formsOf(world, code, type).every((form) => form.kind === 'version' && form.max >= (version ?? 0))
        : runsAtLeast(world, code, type, call),
    );
    if (sinceMs === null) return;
    const workflowType = type === null ? null : at(world.types, type).name;
    const lateMs = random.chance(0.8) ? 0 : random.below(world.nowMs - sinceMs);
    claims.push({ kind: 'floor', taskQueue, patch, workflowType, call, version, sinceMs: sinceMs + lateMs });
  };
  for (const taskQueue of world.taskQueues) {
    const types = random.chance(0.5) ? [null] : world.types.keys();
    for (const type of types) {
      if (patch.kind === 'core') {
        add(taskQueue, type, 'patched', null);
        add(taskQueue, type, 'deprecate-patch', null);
      } else {
        for (const version of [1, 2]) add(taskQueue, type, null, version);
      }
    }
  }
  return claims;
}

function manifests(world: World, random: Random): readonly FactClaim[] {
  const id = at(world.patchIds, 0);
  return [...codesByIdentity(world).values()].flatMap(({ identity, codes }): FactClaim[] => {
    const [code] = codes;
    if (code === undefined || codes.size > 1 || random.chance(0.05)) return [];
    const types: readonly (number | null)[] = random.chance(0.5) ? [null] : [...world.types.keys()];
    const patches = types.flatMap((type): ManifestPatch[] => {
      const workflowType = type === null ? null : at(world.types, type).name;
      if (kindOf(world) === 'core') {
        const call = callOf(world, code, type);
        return call === undefined ? [] : [{ kind: 'core', id, workflowType, call }];
      }
      const version = versionOf(world, code, type);
      return version === undefined ? [] : [{ kind: 'version', id, workflowType, version }];
    });
    return patches.length === 0 ? [] : [{ kind: 'manifest', identity, patches }];
  });
}

/**
 * Somebody let the changed code replay the open runs, mostly just now; for `deprecate` the code that still calls `patched`
 * and has an error where the old branch was.
 */
function proofs(world: World, random: Random): readonly FactClaim[] {
  const patch = { kind: kindOf(world), id: at(world.patchIds, 0) };
  const areFresh = random.chance(0.95);
  return world.runs.flatMap((run): FactClaim[] => {
    if (run.tasks.length === 0 || (run.closeTimeMs !== null && world.policy === 'open')) return [];
    const tasks = areFresh || random.chance(0.5) ? run.tasks : run.tasks.slice(0, random.between(1, run.tasks.length));
    const isWhole = tasks.length === run.tasks.length;
    const eventId = isWhole ? run.lastEventId : at(tasks, tasks.length - 1).lastEventId;
    if (typeof replayAll(world, world.proving, run, tasks) === 'string') return [];
    const { workflowId, runId } = run;
    return [{ kind: 'replay-proof', patch, question: world.question, workflowId, runId, eventId }];
  });
}
