import { describe, expect, it } from 'vitest';
import type { FactClaim } from '#lib/domain/verdict/declared-facts.ts';
import { draftWords, isCompleteClaim } from '#lib/format/claim-kind-words.ts';

const patch = { kind: 'core', id: 'my-patch' } as const;
const floor = {
  kind: 'floor',
  taskQueue: 'orders',
  patch,
  workflowType: null,
  call: 'patched',
  version: null,
  sinceMs: Infinity,
} as const;

describe('draftWords', () => {
  it.each([
    [floor, 'since the moment that you give, every worker of queue orders runs at least patched of my-patch'],
    [
      { kind: 'callback', use: 'all-on', sinceMs: Infinity },
      'since the moment that you give, the patch activation callback turns every patch on',
    ],
    [{ kind: 'types', patch, workflowTypes: [] }, 'only the workflow types that you list use my-patch'],
    [
      { kind: 'queues', workflowType: 'Order', taskQueues: [] },
      'the task queues that you list serve workflow type Order too',
    ],
  ] as readonly (readonly [FactClaim, string])[])('%j says what is still to be given', (claim, words) => {
    expect(isCompleteClaim(claim)).toBe(false);
    expect(draftWords(claim)).toBe(words);
  });

  it('of a whole claim are the words of every answer that rests on it', () => {
    expect(isCompleteClaim({ ...floor, sinceMs: 0 })).toBe(true);
    expect(draftWords({ kind: 'callback', use: 'none' })).toBe('no patch activation callback is in use');
  });
});
