import { randomInt } from 'node:crypto';
import { applyOperation } from '#lib/domain/version-sets/apply-operation.ts';
import type { VersionSetOperation, VersionSets } from '#lib/domain/version-sets/types.ts';

/** Few names, so that two writers' operations meet, equal and undo each other. */
const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'] as const;

const TRIES_MAX = 1_000;

/** One of the five operations that changes these sets, as far as the model knows: what it really does, Temporal says. */
export function randomChange(sets: VersionSets): VersionSetOperation {
  for (let tries = 0; tries < TRIES_MAX; tries += 1) {
    const operation = randomOperation();
    if (applyOperation(sets, operation).kind === 'changed') return operation;
  }
  throw new Error(`nothing changes ${JSON.stringify(sets)}`);
}

function randomOperation(): VersionSetOperation {
  const [first, second] = [randomName(), randomName()];
  switch (randomInt(5)) {
    case 0:
      return { kind: 'add-new-default', buildId: first };
    case 1: {
      const asQueueDefault = randomInt(2) === 0;
      return { kind: 'add-new-compatible', newBuildId: first, existingBuildId: second, asQueueDefault };
    }
    case 2:
      return { kind: 'promote-set', buildId: first };
    case 3:
      return { kind: 'promote-within-set', buildId: first };
    default:
      return { kind: 'merge-sets', primaryBuildId: first, secondaryBuildId: second };
  }
}

function randomName(): string {
  return NAMES[randomInt(NAMES.length)] ?? NAMES[0];
}
