import { describe, expect, it } from 'vitest';
import { type OperationOptions, operationFrom } from '#server/cli/change-operation.ts';

describe('operationFrom', () => {
  it.each<[OperationOptions, object]>([
    [{ addNewDefault: 'a' }, { kind: 'add-new-default', buildId: 'a' }],
    [
      { addCompatible: 'a', with: 'b' },
      { kind: 'add-new-compatible', newBuildId: 'a', existingBuildId: 'b', asQueueDefault: false },
    ],
    [
      { addCompatible: 'a', with: 'b', asQueueDefault: true },
      { kind: 'add-new-compatible', newBuildId: 'a', existingBuildId: 'b', asQueueDefault: true },
    ],
    [{ promoteSet: 'a' }, { kind: 'promote-set', buildId: 'a' }],
    [{ promoteBuild: 'a' }, { kind: 'promote-within-set', buildId: 'a' }],
    [
      { mergeSets: 'a', with: 'b' },
      { kind: 'merge-sets', primaryBuildId: 'a', secondaryBuildId: 'b' },
    ],
    [{ undo: 'c-1' }, { undoOf: 'c-1' }],
  ])('%j', (options, operation) => {
    expect(operationFrom(options)).toEqual(operation);
  });

  it.each<[OperationOptions, string]>([
    [{}, 'exactly one'],
    [{ promoteSet: 'a', promoteBuild: 'a' }, 'exactly one'],
    [{ mergeSets: 'a' }, 'needs --with'],
    [{ promoteSet: 'a', with: 'b' }, 'belongs to'],
    [{ promoteSet: 'a', asQueueDefault: true }, 'belongs to --add-compatible'],
    [{ promoteSet: '' }, 'a build ID is needed'],
    [{ undo: '' }, 'needs the id'],
    [{ undo: 'c-1', with: 'b' }, 'belongs to'],
    [{ addNewDefault: 'x'.repeat(256) }, '255 bytes'],
  ])('refuses %j', (options, problem) => {
    expect(operationFrom(options)).toMatchObject({ problem: expect.stringContaining(problem) as string });
  });
});
