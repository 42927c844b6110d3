import type { DeclaredFact } from '#lib/domain/verdict/declared-facts.ts';
import { judgePatch } from '#lib/domain/verdict/judge-patch.ts';
import { evidence } from '#lib/domain/verdict/testing/evidence.ts';
import { callsTogether, noCallback, oneCode } from '#lib/domain/verdict/testing/facts.ts';
import { deprecated, live, run, tasks } from '#lib/domain/verdict/testing/runs.ts';
import type { Evidence, PatchVerdict, RunClass } from '#lib/domain/verdict/types.ts';

/** The class of the one run that the evidence holds; witnesses are not judged. */
export function classOf(evidence: Evidence): RunClass {
  const [only, ...more] = classesOf(judgePatch(evidence));
  if (only === undefined || more.length > 0) throw new Error('the evidence must hold just one open run');
  return only;
}

/** Classes with at least one run. */
function classesOf({ classes }: Pick<PatchVerdict, 'classes'>): readonly RunClass[] {
  return (Object.keys(classes) as RunClass[]).filter((name) => classes[name] > 0);
}

/** `v2` wrote the marker live, `v3` deprecated; any other build never wrote it. */
export const witnesses = [
  run('w2', { tasks: tasks('v2'), markers: [live], closeMs: 5_000 }),
  run('w3', { tasks: tasks('v3'), markers: [deprecated], closeMs: 5_000 }),
];

/** IDs are trusted, no callback is in use, calls entered together. */
export const allDeclared: readonly DeclaredFact[] = [oneCode(), noCallback, callsTogether];

type RunChanges = Parameters<typeof run>[1];

export function classFor(name: 'deprecate' | 'remove', changes: RunChanges, facts = allDeclared): RunClass {
  return classOf(evidence({ question: { name }, runs: [run('a', changes)], witnesses, facts }));
}

/** For `deprecate` and for `remove`. */
export function bothClasses(changes: RunChanges, facts = allDeclared): readonly RunClass[] {
  return [classFor('deprecate', changes, facts), classFor('remove', changes, facts)];
}
