import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { isResultOf } from '#lib/domain/version-sets/is-result-of.ts';
import type { VersionSetOperation } from '#lib/domain/version-sets/types.ts';
import { isCodedError } from '#server/errors.ts';
import { applyChange } from '#server/usecases/changes/apply-change.ts';
import { listChanges } from '#server/usecases/changes/list-changes.ts';
import { planChange } from '#server/usecases/changes/plan-change.ts';
import { createFakeTemporal, type WriteFault } from '#server/usecases/changes/testing/fake-temporal.ts';
import { FAST, testCtx } from '#server/usecases/changes/testing/test-ctx.ts';

const operation: fc.Arbitrary<VersionSetOperation> = fc.constantFrom<VersionSetOperation[]>(
  { kind: 'add-new-default', buildId: 'n' },
  { kind: 'add-new-compatible', newBuildId: 'n', existingBuildId: 'a', asQueueDefault: true },
  { kind: 'promote-set', buildId: 'a' },
  { kind: 'promote-within-set', buildId: 'a' },
  { kind: 'merge-sets', primaryBuildId: 'b', secondaryBuildId: 'a' },
);
const fault = fc.constantFrom<WriteFault[]>(
  'none',
  'lies',
  'loses-the-request',
  'loses-the-reply',
  'lands-late',
  'refuses',
  'is-rate-limited',
);
const foreignAt = fc.constantFrom('never', 'before-check', 'before-write', 'after-write');

/** One change under one fault and one second writer, and what truly happened on the server. */
async function story(wish: VersionSetOperation, given: WriteFault, foreign: string) {
  const fake = createFakeTemporal();
  const sets = fake.sets('q');
  sets.apply({ kind: 'add-new-default', buildId: 'a' });
  sets.apply({ kind: 'add-new-compatible', newBuildId: 'a2', existingBuildId: 'a', asQueueDefault: false });
  sets.apply({ kind: 'add-new-default', buildId: 'b' });
  const before = sets.read();
  const theirs = () => sets.apply({ kind: 'add-new-default', buildId: 'theirs' });
  const ctx = testCtx(fake.port);
  const plan = await planChange(ctx, { namespace: 'ns', taskQueue: 'q', operation: wish, reason: '' }, FAST);
  let landed = 0;
  fake.fault = given;
  fake.lateMs = 20;
  if (foreign === 'before-check') theirs();
  fake.beforeWrite = () => {
    landed += 1;
    if (foreign === 'before-write') theirs();
  };
  fake.afterWrite = () => {
    if (foreign === 'after-write') theirs();
  };
  const confirm: true | string = plan.mustConfirm ?? true;
  const input = { namespace: 'ns', planId: plan.id, confirm, idempotencyKey: randomUUID() };
  await applyChange(ctx, input, FAST).catch((error: unknown) => {
    if (!isCodedError(error)) throw error;
  });
  await ctx.changes.stop();
  const { items } = await listChanges(ctx, { namespace: 'ns', limit: 100 });
  const change = items.find((item) => item.kind === 'change');
  return { change, landed, before, sent: fake.writes.length, state: sets.read() };
}

it('never writes twice, never claims what is not there, and always ends with an outcome', async () => {
  await fc.assert(
    fc.asyncProperty(operation, fault, foreignAt, async (wish, given, foreign) => {
      const { change, landed, before, sent, state } = await story(wish, given, foreign);
      const isPlanned = isResultOf(before, wish, state);
      expect(change?.outcome).not.toBeNull();
      expect(sent).toBeLessThanOrEqual(1);
      expect(change?.outcome === 'verified').toBe(isPlanned);
      expect(change?.stored.is === true).toBe(isPlanned);
      if (change?.outcome === 'not-applied' || change?.outcome === 'refused') expect(landed).toBe(0);
      if (change?.outcome === 'conflict') expect(sent).toBe(0);
      if (foreign === 'before-check') expect(change?.outcome).toBe('conflict');
      if (landed === 1 && foreign !== 'never') expect(change?.outcome).toBe('superseded');
    }),
    { numRuns: 120 },
  );
}, 60_000);
