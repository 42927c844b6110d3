import type { Hazard } from './world.ts';

/** A rule of the verdict and the text without which it is not there; the oracle must notice that it is gone. */
export interface Mutant {
  readonly name: string;
  /** Below lib/domain/verdict. */
  readonly file: string;
  /** Must stand in the file just once. */
  readonly find: string;
  readonly replace: string;
  /** The hazard that the rule is for; absent: mixed worlds show it soon. */
  readonly hazard?: Hazard;
}

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'trust: a build ID that may name several codes proves nothing',
    file: 'holders.ts',
    find: "if (trust === null) return 'not-known';",
    replace: '',
  },
  {
    name: 'contradictions: a declared fact that the evidence speaks against is void',
    file: 'judge-patch.ts',
    find: 'declared.filter((fact) => !voided.has(fact))',
    replace: 'declared',
  },
  {
    name: 'contradictions: an identity that wrote both flags is no single code',
    file: 'holders.ts',
    find: 'if (hasWrittenBoth) return null;',
    replace: '',
    hazard: 'wrong-fact',
  },
  {
    name: 'suspicion: work long before the first sign of the call asks for a confirmation',
    file: 'holders.ts',
    find: "if (confirmation === undefined) return 'suspect';\n      onUsed(confirmation);",
    replace: '',
    hazard: 'wrong-fact',
  },
  {
    name: 'calls: an earlier code may lack a call that a later one has',
    file: 'holders.ts',
    find: 'isPlaceEnough = codesWithCall <= 1',
    replace: 'isPlaceEnough = true',
  },
  {
    name: 'calls: a code may deprecate at one place and not at another',
    file: 'classify-run.ts',
    find: '(isRemove ? holders.deprecatesAt(last) : holders.deprecatesAllAt(last))',
    replace: 'holders.deprecatesAt(last)',
  },
  {
    name: 'callback: a holder may have declined the new branch',
    file: 'classify-run.ts',
    find: 'const isOutOfUse = callback.isOutOfUseSince(sinceMs);',
    replace: 'const isOutOfUse = callback.isOutOfUseSince(sinceMs) || true;',
    hazard: 'callback',
  },
  {
    name: 'callback: any new run may decline the new branch',
    file: 'judge-type.ts',
    find: "codes.add(callback.isDeclared ? 'callback-in-use' : 'callback-not-declared');",
    replace: '',
  },
  {
    name: 'marker-live: TypeScript may have taken the old branch before the marker',
    file: 'classify-run.ts',
    find: 'if (before.length === 0) return cleared;',
    replace: 'if (before !== null) return cleared;',
  },
  {
    name: 'label-full: a run whose label would fit again',
    file: 'judge-type.ts',
    find: "codes.add('label-full');",
    replace: '',
  },
  {
    name: 'started tasks: who has a task may still record what goes',
    file: 'classify-run.ts',
    find: "if (task.completedEventId !== null || question.name === 'deprecate') return holders",
    replace: 'if (task !== null) return holders',
    hazard: 'started-task',
  },
  {
    name: 'workers: whoever polls must have the call',
    file: 'judge-workers.ts',
    find: 'if (code !== null) found.set',
    replace: 'if (code === undefined) found.set',
  },
  {
    name: 'old branch: a task of somebody who is no holder blocks',
    file: 'judge-type.ts',
    find: "case 'may-hold-old-branch':\n    case 'label-full':\n      return found.class;",
    replace: "case 'may-hold-old-branch':\n      return null;\n    case 'label-full':\n      return found.class;",
  },
  {
    name: 'unreadable: a marker that cannot be decoded leaves its run unknown',
    file: 'classify-run.ts',
    find: 'if (run.facts === null || run.facts.unreadable.length > 0)',
    replace: 'if (run.facts === null)',
  },
  {
    name: 'survived: not for `deprecate`, where a poller goes on in the old branch',
    file: 'classify-run.ts',
    find: "if (frame.question.name === 'remove' && hasSurvived(facts, frame))",
    replace: 'if (hasSurvived(facts, frame))',
    hazard: 'late-commands',
  },
  {
    name: 'identity: the same build ID on another queue may name another code',
    file: 'identity.ts',
    find: '`${taskQueue.length}:${taskQueue}${buildId}`',
    replace: '`build:${buildId}`',
    hazard: 'several-queues',
  },
  {
    name: 'fence: only runs of another set or version are apart',
    file: 'fence.ts',
    find: 'return place !== null && place.set !== home.set;\n}\n\n/** A worker',
    replace: 'return place !== null;\n}\n\n/** A worker',
    hazard: 'fenced',
  },
  {
    name: 'proof: it covers what it replayed',
    file: 'classify-run.ts',
    find: 'if (later.length > 0 && !isClearAfterProof(later, facts, frame)) return false;',
    replace: '',
  },
  {
    name: 'floor: it holds from its beginning on',
    file: 'holders.ts',
    find: 'claim.sinceMs <= timeMs && ',
    replace: '',
  },
  {
    name: 'calls: whoever polls may be another code with the call',
    file: 'holders.ts',
    find: 'if (isApart || floors.some(({ claim }) => claim.taskQueue === worker.taskQueue)) keys.add(key);',
    replace: '',
    hazard: 'several-places',
  },
  {
    name: 'started tasks: pollers cover an unnamed one only for minutes',
    file: 'started-task.ts',
    find: ' || last.timeMs < workersFromMs - LISTED_MS',
    replace: '',
    hazard: 'started-task',
  },
  {
    name: 'watch: workers that nobody watched may be anybody',
    file: 'judge-type.ts',
    find: "codes.add('workers-not-watched');",
    replace: '{}',
    hazard: 'incomplete',
  },
];
