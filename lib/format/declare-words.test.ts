import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FactClaim } from '#lib/domain/verdict/declared-facts.ts';
import { claimWords, declareCommand } from '#lib/format/declare-words.ts';

const sinceMs = Date.UTC(2026, 10, 20, 8);
const core = { kind: 'core', id: 'my-patch' } as const;
const version = { kind: 'version', id: 'my-patch' } as const;
const build = { deploymentVersion: null, taskQueue: 'orders', buildId: '1.0' } as const;
const deployment = { deploymentVersion: 'shop:7', taskQueue: null, buildId: null } as const;
const floor = { kind: 'floor', taskQueue: 'orders', patch: core, workflowType: null, version: null, sinceMs } as const;

const CLAIMS: readonly (readonly [FactClaim, string, string])[] = [
  [
    { kind: 'ids-name-one-code', taskQueue: null },
    'build IDs of the namespace name one code',
    'patchboard declare ids-name-one-code --namespace shop',
  ],
  [
    { kind: 'ids-name-one-code', taskQueue: 'my queue' },
    'build IDs of queue my queue name one code',
    "patchboard declare ids-name-one-code --queue 'my queue' --namespace shop",
  ],
  [
    {
      kind: 'manifest',
      identity: build,
      patches: [
        { kind: 'core', id: 'my-patch', workflowType: 'Order', call: 'deprecate-patch' },
        { kind: 'version', id: 'other', workflowType: null, version: 3 },
        { kind: 'version', id: 'third', workflowType: null, version: null },
      ],
    },
    'build 1.0 of queue orders has deprecate_patch of my-patch in workflow type Order, GetVersion up to 3 of other and no GetVersion of third',
    `printf %s '{"identity":{"taskQueue":"orders","buildId":"1.0"},"patches":[{"kind":"core","id":"my-patch","workflowType":"Order","call":"deprecate-patch"},{"kind":"version","id":"other","workflowType":null,"version":3},{"kind":"version","id":"third","workflowType":null,"version":null}]}' | patchboard declare manifest - --namespace shop`,
  ],
  [
    { ...floor, call: 'deprecate-patch' },
    'since 2026-11-20T08:00:00.000Z every worker of queue orders runs at least deprecate_patch of my-patch',
    'patchboard declare floor --queue orders --patch my-patch --call deprecate-patch --since 2026-11-20T08:00:00.000Z --namespace shop',
  ],
  [
    { ...floor, patch: version, call: null, version: 2, workflowType: 'Order' },
    'since 2026-11-20T08:00:00.000Z every worker of queue orders records at least version 2 of my-patch (GetVersion) in workflow type Order',
    'patchboard declare floor --queue orders --patch my-patch --version 2 --since 2026-11-20T08:00:00.000Z --workflow-type Order --namespace shop',
  ],
  [
    { kind: 'callback', use: 'none' },
    'no patch activation callback is in use',
    'patchboard declare callback none --namespace shop',
  ],
  [
    { kind: 'callback', use: 'in-use' },
    'a patch activation callback is in use',
    'patchboard declare callback in-use --namespace shop',
  ],
  [
    { kind: 'callback', use: 'all-on', sinceMs },
    'since 2026-11-20T08:00:00.000Z the patch activation callback turns every patch on',
    'patchboard declare callback all-on --since 2026-11-20T08:00:00.000Z --namespace shop',
  ],
  [
    { kind: 'types', patch: core, workflowTypes: ['Order'] },
    'only workflow type Order uses my-patch',
    'patchboard declare types --patch my-patch --kind core --workflow-type Order --namespace shop',
  ],
  [
    { kind: 'types', patch: version, workflowTypes: ['A', 'B'] },
    'only workflow types A and B use my-patch (GetVersion)',
    'patchboard declare types --patch my-patch --kind version --workflow-type A --workflow-type B --namespace shop',
  ],
  [
    { kind: 'queues', workflowType: 'Order', taskQueues: ['a', 'b', 'c', 'd', 'e', 'f', 'g'] },
    'queues a, b, c, d, e and 2 more serve workflow type Order too',
    'patchboard declare queues --workflow-type Order --queue a --queue b --queue c --queue d --queue e --queue f --queue g --namespace shop',
  ],
  [
    { kind: 'calls-together', patch: null },
    'all calls of each patch entered the code in one deploy, and became deprecate_patch in one',
    'patchboard declare calls-together --namespace shop',
  ],
  [
    { kind: 'calls-together', patch: core },
    'all calls of my-patch entered the code in one deploy, and became deprecate_patch in one',
    'patchboard declare calls-together --patch my-patch --kind core --namespace shop',
  ],
  [
    { kind: 'identity-confirmed', identity: deployment },
    'deployment version shop:7 was confirmed to name one code',
    'patchboard declare confirm --deployment-version shop:7 --namespace shop',
  ],
  [
    { kind: 'identity-confirmed', identity: build },
    'build 1.0 of queue orders was confirmed to name one code',
    'patchboard declare confirm --queue orders --build 1.0 --namespace shop',
  ],
  [
    {
      kind: 'replay-proof',
      patch: version,
      question: { name: 'drop-call', version: 2 },
      workflowId: 'w',
      runId: 'r',
      eventId: 3,
    },
    'code without GetVersion of my-patch, with the branch of version 2, replayed run r of workflow w up to event 3',
    `printf %s '[{"patch":{"kind":"version","id":"my-patch"},"question":{"name":"drop-call","version":2},"workflowId":"w","runId":"r","eventId":3}]' | patchboard declare replay-proof - --namespace shop`,
  ],
  [
    {
      kind: 'replay-proof',
      patch: core,
      question: { name: 'remove' },
      workflowId: 'order-1',
      runId: 'run-1',
      eventId: 12,
    },
    'code without deprecate_patch of my-patch replayed run run-1 of workflow order-1 up to event 12',
    `printf %s '[{"patch":{"kind":"core","id":"my-patch"},"question":{"name":"remove"},"workflowId":"order-1","runId":"run-1","eventId":12}]' | patchboard declare replay-proof - --namespace shop`,
  ],
];

describe('a claim', () => {
  it.each(CLAIMS)('%j has words', (claim, words) => {
    expect(claimWords(claim)).toBe(words);
  });

  it.each(CLAIMS)('%j has the line that declares it', (claim, _words, line) => {
    expect(declareCommand('shop', claim)).toBe(line);
  });

  it('hides nothing behind invisible characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const words = claimWords({ kind: 'queues', workflowType: name, taskQueues: [name, `\u202e${name}`] });
        expect(words).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  it('is told also when its time is missing', () => {
    const claim = { kind: 'callback', use: 'all-on', sinceMs: Infinity } as const;
    expect(claimWords(claim)).toContain('since an unknown time');
    expect(declareCommand('shop', claim)).toBe('patchboard declare callback all-on --namespace shop');
  });
});
