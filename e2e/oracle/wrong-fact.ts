import type { FactClaim } from '#lib/domain/verdict/declared-facts.ts';
import type { Evidence } from '#lib/domain/verdict/types.ts';
import { callOf, codesByIdentity, nameOfIdentity } from './codes-truth.ts';
import { at, type Random } from './random.ts';
import { HOUR_MS, type World } from './world.ts';

/**
 * A declared fact that is not true, where the evidence shows it: no answer may rest on it. Without a trace of its falsehood in the
 * evidence no verdict can know, so such worlds prove nothing and are left out.
 * @returns null: this world has no such fact to offer
 */
export function wrongClaims(world: World, random: Random): readonly FactClaim[] | null {
  const [first, ...others] = random.shuffled([wrongIds, wrongFloor, wrongManifest]);
  for (const make of [first, ...others]) {
    const claims = make?.(world, random) ?? null;
    if (claims !== null) return claims;
  }
  return null;
}

const patchOf = (world: World) => ({ kind: 'core' as const, id: at(world.patchIds, 0) });
const isCore = ({ question }: World) => question.name === 'deprecate' || question.name === 'remove';

function wrongIds(world: World): readonly FactClaim[] | null {
  const isReused = [...codesByIdentity(world).values()].some(({ codes }) => codes.size > 1);
  return isReused ? [{ kind: 'ids-name-one-code', taskQueue: null }] : null;
}

/** From the beginning on, though older codes worked later. */
function wrongFloor(world: World, random: Random): readonly FactClaim[] | null {
  if (!isCore(world)) return null;
  const call = random.pick(['patched', 'deprecate-patch'] as const);
  return world.taskQueues.map((taskQueue) => ({
    kind: 'floor',
    taskQueue,
    patch: patchOf(world),
    workflowType: null,
    call,
    version: null,
    sinceMs: world.beganMs,
  }));
}

/** Each identity's manifest says the other call. */
function wrongManifest(world: World): readonly FactClaim[] | null {
  if (!isCore(world)) return null;
  const { id } = patchOf(world);
  const claims = [...codesByIdentity(world).values()].flatMap(({ identity, codes }): FactClaim[] => {
    const [code] = codes;
    const call = code === undefined ? undefined : callOf(world, code, null);
    if (call !== 'patched' && call !== 'deprecate-patch') return [];
    const other = call === 'patched' ? 'deprecate-patch' : 'patched';
    return [{ kind: 'manifest', identity, patches: [{ kind: 'core', id, workflowType: null, call: other }] }];
  });
  return claims.length > 0 ? claims : null;
}

/** Does the evidence itself speak against the claim, in each part of it that is false? */
export function isVisiblyWrong(world: World, claims: readonly FactClaim[], evidence: Evidence): boolean {
  return claims.every((claim) => {
    switch (claim.kind) {
      case 'ids-name-one-code':
        return areReusedIdsVisible(world, evidence);
      case 'floor':
        return isFloorVisiblyBroken(claim, evidence);
      case 'manifest':
        return wroteOtherwise(claim, evidence);
      default:
        return true;
    }
  });
}

/** Every identity of two codes that ever showed the call betrays itself: two flags, two SDKs, or an hour of work before the call. */
function areReusedIdsVisible(world: World, evidence: Evidence): boolean {
  const runs = evidence.types.flatMap((type) => [...type.runs, ...type.witnesses]);
  return [...codesByIdentity(world).entries()].every(([name, { codes }]) => {
    if (codes.size === 1) return true;
    let firstMs = Infinity;
    let firstCallMs = Infinity;
    const flags = new Set<string>();
    const sdks = new Set<string | null>();
    for (const { facts } of runs) {
      for (const task of facts?.tasks ?? []) {
        if (nameOf(task.worker, task.taskQueue) !== name) continue;
        firstMs = Math.min(firstMs, task.timeMs);
        if (task.completedEventId !== null) sdks.add(task.sdkVersion);
        for (const marker of facts?.markers ?? []) {
          if (marker.id !== evidence.patchId || marker.workflowTaskCompletedEventId !== task.completedEventId) continue;
          firstCallMs = Math.min(firstCallMs, task.timeMs);
          flags.add(`${marker.deprecated} ${marker.version}`);
        }
      }
    }
    return flags.size !== 1 ? true : sdks.size > 1 || firstCallMs - firstMs > HOUR_MS;
  });
}

function nameOf(
  { deploymentVersion, buildId }: { readonly deploymentVersion: string | null; readonly buildId: string | null },
  taskQueue: string,
): string {
  return deploymentVersion === null
    ? nameOfIdentity({ deploymentVersion: null, taskQueue, buildId: buildId ?? '' })
    : nameOfIdentity({ deploymentVersion, taskQueue: null, buildId: null });
}

type Floor = Extract<FactClaim, { kind: 'floor' }>;
type Manifest = Extract<FactClaim, { kind: 'manifest' }>;

function isFloorVisiblyBroken({ taskQueue, call, patch }: Floor, evidence: Evidence): boolean {
  return evidence.types.some((type) =>
    [...type.runs, ...type.witnesses].some(({ facts }) => {
      if (facts === null || facts.taskQueue !== taskQueue) return false;
      if (facts.nondeterminismFailure?.message.includes(`marker encountered for change ${patch.id}, but`) === true)
        return true;
      return (
        call === 'deprecate-patch' &&
        facts.markers.some(({ id, deprecated }) => id === patch.id && deprecated === false)
      );
    }),
  );
}

function wroteOtherwise({ identity, patches }: Manifest, evidence: Evidence): boolean {
  const name = nameOfIdentity(identity);
  const said = patches.map((entry) => ('call' in entry ? entry.call : null));
  return evidence.types.some((type) =>
    [...type.runs, ...type.witnesses].some(({ facts }) =>
      facts?.markers.some((marker) => {
        const writer = facts.tasks.find((task) => task.completedEventId === marker.workflowTaskCompletedEventId);
        if (writer === undefined || marker.id !== evidence.patchId) return false;
        const wrote = marker.deprecated === true ? 'deprecate-patch' : 'patched';
        return nameOf(writer.worker, writer.taskQueue) === name && !said.includes(wrote);
      }),
    ),
  );
}
