import { describe, expect, it } from 'vitest';
import type { FactClaim } from '#lib/domain/verdict/declared-facts.ts';
import { contradictionWords, draftWords, isCompleteClaim } from '#lib/format/claim-kind-words.ts';

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

describe('contradictionWords', () => {
  it('say what was seen, escaped', () => {
    expect(contradictionWords({ why: 'type-outside-list', seen: 'A\u202eB' })).toBe(
      'workflow type A\\u{202e}B recorded the patch and is not in the list',
    );
    expect(contradictionWords({ why: 'floor-broken', seen: '' })).toMatch(/^a worker without build ID/);
  });
});
