import type { CoreCall, IdentityName } from '#lib/domain/verdict/declared-facts.ts';
import type { Code, Form } from './program.ts';
import { at } from './random.ts';
import { ableWorkers } from './routing.ts';
import type { Worker, World } from './world.ts';

/** What is really so in a world; what a declared fact says must agree with this. */

/** The forms that a code has at the places of the asked patch, in one type or (null) in all. */
export function formsOf({ types }: Pick<World, 'types'>, { forms }: Code, type: number | null): readonly Form[] {
  return types.flatMap(({ program }, index) =>
    type !== null && type !== index ? [] : at(forms, index).filter((_, place) => at(program.places, place).patch === 0),
  );
}

/** What a manifest may truly say of a code; undefined: nothing, its places differ. */
export function callOf(world: World, code: Code, type: number | null): CoreCall | undefined {
  const forms = formsOf(world, code, type);
  if (forms.every(({ kind }) => kind === 'patched')) return 'patched';
  if (forms.every(({ kind }) => kind === 'deprecated')) return 'deprecate-patch';
  return forms.every(({ kind }) => kind === 'old' || kind === 'new') ? 'none' : undefined;
}

/** maxSupported at every place; null: no call; undefined: the places differ. */
export function versionOf(world: World, code: Code, type: number | null): number | null | undefined {
  const versions = new Set(formsOf(world, code, type).map((form) => (form.kind === 'version' ? form.max : null)));
  return versions.size === 1 ? [...versions][0] : undefined;
}

/** At least `patched` (or at least `deprecate_patch`) at every place. */
export function runsAtLeast(
  world: World,
  code: Code,
  type: number | null,
  call: 'patched' | 'deprecate-patch',
): boolean {
  const enough = call === 'patched' ? ['patched', 'deprecated', 'new'] : ['deprecated', 'new'];
  return formsOf(world, code, type).every(({ kind }) => enough.includes(kind));
}

function identityOf({ stamp, taskQueue }: Worker): IdentityName | null {
  if (stamp.deploymentVersion !== null) {
    return { deploymentVersion: stamp.deploymentVersion, taskQueue: null, buildId: null };
  }
  return stamp.buildId === null ? null : { deploymentVersion: null, taskQueue, buildId: stamp.buildId };
}

export function nameOfIdentity(identity: IdentityName): string {
  return `${identity.deploymentVersion}|${identity.taskQueue}|${identity.buildId}`;
}

/** Identities, each with every code that it ever named. */
export function codesByIdentity({ workers }: World): ReadonlyMap<string, { identity: IdentityName; codes: Set<Code> }> {
  const found = new Map<string, { identity: IdentityName; codes: Set<Code> }>();
  for (const worker of workers) {
    const identity = identityOf(worker);
    if (identity === null) continue;
    const name = nameOfIdentity(identity);
    const known = found.get(name) ?? { identity, codes: new Set<Code>() };
    known.codes.add(worker.code);
    found.set(name, known);
  }
  return found;
}

/** Does every build ID (of the queue, or of all) name one code? */
export function doIdsNameOneCode({ workers }: World, taskQueue: string | null): boolean {
  const codes = new Map<string, Code>();
  return workers.every(({ stamp, code, taskQueue: own }) => {
    if (stamp.buildId === null || (taskQueue !== null && own !== taskQueue)) return true;
    const known = codes.get(stamp.buildId);
    codes.set(stamp.buildId, code);
    return known === undefined || known === code;
  });
}

/** Since when only such codes worked on the queue; null: others still do. */
export function floorSince(world: World, taskQueue: string, isEnough: (code: Code) => boolean): number | null {
  let sinceMs = world.beganMs;
  for (const worker of world.workers) {
    if (worker.taskQueue !== taskQueue || isEnough(worker.code)) continue;
    const hasTask = world.runs.some(({ startedBy }) => startedBy?.worker === worker);
    if (worker.stoppedMs === null || hasTask || ableWorkers(world).includes(worker)) return null;
    sinceMs = Math.max(sinceMs, worker.stoppedMs + 1);
  }
  return sinceMs;
}

/** Is the newest code the one that one asks the question about? Asked earlier or later, "not safe" is no needless answer. */
export function isTimely(world: World): boolean {
  const { codes, question } = world;
  return formsOf(world, at(codes, codes.length - 1), null).every((form) => {
    switch (question.name) {
      case 'deprecate':
        return form.kind === 'patched';
      case 'remove':
        return form.kind === 'deprecated';
      case 'raise-min':
        return form.kind === 'version' && form.max >= question.version;
      case 'drop-call':
        return form.kind === 'version' && form.max === question.version;
    }
  });
}

/** Did all calls of the asked patch enter the code in one deploy, and change in one? */
export function didCallsEnterTogether(world: World): boolean {
  return world.codes.every((code) => new Set(formsOf(world, code, null).map(({ kind }) => kind)).size === 1);
}
