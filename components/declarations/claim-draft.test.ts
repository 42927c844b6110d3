import { describe, expect, it } from 'vitest';
import { claimOf, draftOf, emptyDraft, isoOf } from '#components/declarations/claim-draft.ts';
import { draftErrors } from '#components/declarations/draft-errors.ts';
import { lastChange, touchesPatch } from '#components/declarations/touches.ts';
import { toFactClaim } from '#lib/api/declarations/claim.ts';
import type { FactClaim } from '#lib/domain/verdict/declared-facts.ts';

const core = { kind: 'core', id: 'my-patch' } as const;
const version = { kind: 'version', id: 'change\n1' } as const;
const build = { deploymentVersion: null, taskQueue: 'orders', buildId: '1.0' } as const;
const NOW_MS = Date.UTC(2026, 11, 1);
const sinceMs = Date.UTC(2026, 10, 20, 8);

const CLAIMS: readonly FactClaim[] = [
  { kind: 'ids-name-one-code', taskQueue: null },
  { kind: 'ids-name-one-code', taskQueue: 'my\nqueue' },
  {
    kind: 'manifest',
    identity: build,
    patches: [{ kind: 'core', id: 'my-patch', workflowType: 'Order', call: 'none' }],
  },
  {
    kind: 'manifest',
    identity: { deploymentVersion: 'shop:7', taskQueue: null, buildId: null },
    patches: [{ ...version, workflowType: null, version: null }],
  },
  {
    kind: 'floor',
    taskQueue: 'orders',
    patch: core,
    workflowType: 'Order',
    call: 'deprecate-patch',
    version: null,
    sinceMs,
  },
  { kind: 'floor', taskQueue: 'orders', patch: version, workflowType: null, call: null, version: 2, sinceMs },
  { kind: 'callback', use: 'none' },
  { kind: 'callback', use: 'in-use' },
  { kind: 'callback', use: 'all-on', sinceMs },
  { kind: 'types', patch: version, workflowTypes: ['Order', 'a\nb'] },
  { kind: 'queues', workflowType: 'Order', taskQueues: ['a'] },
  { kind: 'calls-together', patch: null },
  { kind: 'calls-together', patch: core },
  { kind: 'identity-confirmed', identity: build },
  {
    kind: 'replay-proof',
    patch: version,
    question: { name: 'drop-call', version: 3 },
    workflowId: 'order-1',
    runId: 'run-1',
    eventId: 12,
  },
];

describe('a draft', () => {
  it.each(CLAIMS)('of %j is that claim again', (claim) => {
    const draft = draftOf(claim, core);
    expect(draftErrors(draft, NOW_MS)).toEqual({});
    const sent = claimOf(draft);
    expect(sent === null ? null : toFactClaim(sent)).toEqual(claim);
  });

  it.each([
    [{ kind: 'floor', taskQueue: '', since: 'yesterday' }, ['taskQueue', 'since']],
    [{ kind: 'floor', taskQueue: 'q', since: '2027-01-01' }, ['since']],
    [{ kind: 'types', workflowTypes: ['Order', 'Order'] }, ['workflowTypes']],
    [{ kind: 'types', workflowTypes: [''] }, ['workflowTypes']],
    [{ kind: 'identity-confirmed', taskQueue: 'q' }, ['buildId']],
    [{ kind: 'identity-confirmed', isDeployment: true }, ['deploymentVersion']],
    [{ kind: 'replay-proof', workflowId: 'w', runId: 'r', eventId: '0' }, ['eventId']],
    [{ kind: 'manifest', patch: version, taskQueue: 'q', buildId: 'b', version: 'two' }, ['version']],
    [{ kind: 'callback', use: 'all-on' }, ['since']],
  ] as const)('%j says which fields are wrong', (parts, fields) => {
    expect(Object.keys(draftErrors({ ...emptyDraft(core), ...parts }, NOW_MS))).toEqual(fields);
  });
});

describe('isoOf', () => {
  it.each([
    ['2026-11-20 08:00', '2026-11-20T08:00:00.000Z'],
    ['2026-11-20', '2026-11-20T00:00:00.000Z'],
    ['2026-11-20T08:00:00+02:00', '2026-11-20T06:00:00.000Z'],
    ['20 Nov', null],
    ['2026-13-45', null],
  ])('%s is %s', (text, iso) => {
    expect(isoOf(text)).toBe(iso);
  });
});

describe('facts about a patch', () => {
  it('are those of its id and kind, and those of every patch', () => {
    expect(touchesPatch({ kind: 'types', patch: core, workflowTypes: ['W'] }, core)).toBe(true);
    expect(touchesPatch({ kind: 'types', patch: { ...core, kind: 'version' }, workflowTypes: ['W'] }, core)).toBe(
      false,
    );
    expect(touchesPatch({ kind: 'callback', use: 'none', since: null }, core)).toBe(true);
  });

  it('changed when the newest was made or withdrawn, whatever the configuration says', () => {
    const fact = {
      id: '1',
      declaredBy: 'ann',
      declaredAt: '2026-11-20T08:00:00.000Z',
      note: '',
      claim: { kind: 'callback', use: 'none', since: null },
      withdrawn: null,
      isConfigured: false,
    } as const;
    const withdrawn = { by: 'ann', at: '2026-11-21T08:00:00.000Z' };
    expect(lastChange([fact])).toBe(fact.declaredAt);
    expect(lastChange([{ ...fact, withdrawn }, fact])).toBe(withdrawn.at);
    expect(lastChange([{ ...fact, isConfigured: true }])).toBeNull();
  });
});
