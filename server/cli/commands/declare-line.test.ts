import { execFileSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { toFactClaim } from '#lib/api/declarations/claim.ts';
import type { Claim } from '#lib/api/declarations/schemas.ts';
import { declareCommand } from '#lib/format/declare-words.ts';
import { EXIT } from '#server/cli/command.ts';
import { registerDeclare } from '#server/cli/commands/declare.ts';
import { runRegistered } from '#server/cli/testing/run-registered.ts';
import { createFakeTemporal } from '#server/usecases/changes/testing/fake-temporal.ts';
import { testCtx } from '#server/usecases/changes/testing/test-ctx.ts';

const folder = mkdtempSync(join(tmpdir(), 'patchboard-line-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

const SINCE = '2026-11-20T08:00:00.000Z';

describe('the line that a page shows', () => {
  const name = fc
    .oneof(
      fc.constantFrom('--help', '-x', '--', '-1', '=', 'a b', "'", '$(id)', '\u202e', 'a\nb', '🧵'),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
    )
    .filter((text) => !text.includes('\0'));
  const patch = fc.record({ kind: fc.constantFrom('core', 'version'), id: name });
  const identity = fc.oneof(
    fc.record({ deploymentVersion: name, taskQueue: fc.constant(null), buildId: fc.constant(null) }),
    fc.record({ deploymentVersion: fc.constant(null), taskQueue: name, buildId: name }),
  );
  const kind = <K extends Claim['kind']>(value: K) => fc.constant(value);
  const names = fc.array(name, { minLength: 1, maxLength: 4 });
  const claims: fc.Arbitrary<Claim> = fc.oneof(
    fc.record({ kind: kind('ids-name-one-code'), taskQueue: fc.option(name) }),
    fc.record({
      kind: kind('floor'),
      taskQueue: name,
      patch: fc.record({ kind: fc.constant('version' as const), id: name }),
      workflowType: fc.option(name),
      call: fc.constant(null),
      version: fc.integer({ min: -1, max: 9 }),
      since: fc.constant(SINCE),
    }),
    fc.record({ kind: kind('types'), patch, workflowTypes: names }),
    fc.record({ kind: kind('queues'), workflowType: name, taskQueues: names }),
    fc.record({ kind: kind('calls-together'), patch: fc.option(patch) }),
    fc.record({ kind: kind('identity-confirmed'), identity }),
    fc.record({
      kind: kind('manifest'),
      identity,
      patches: fc.uniqueArray(
        fc.record({
          kind: fc.constant('core' as const),
          id: name,
          workflowType: fc.option(name),
          call: fc.constantFrom('none', 'patched', 'deprecate-patch'),
        }),
        { minLength: 1, maxLength: 4, selector: ({ id }) => id },
      ),
    }),
    fc.record({
      kind: kind('replay-proof'),
      patch: fc.record({ kind: fc.constant('core' as const), id: name }),
      question: fc.constant({ name: 'remove' } as const),
      workflowId: name,
      runId: name,
      eventId: fc.integer({ min: 1, max: 9_999 }),
    }),
  );

  it('declares exactly that claim when it is pasted into a shell', { timeout: 60_000 }, async () => {
    const piped = join(folder, 'piped.json');
    const base = testCtx(createFakeTemporal().port);
    const ctx = { ...base, config: { ...base.config, isStoreExplicit: true, storePath: '/data/store.db' } };
    await fc.assert(
      fc.asyncProperty(claims, name, async (claim, namespace) => {
        const line = declareCommand(namespace, toFactClaim(claim));
        const isPiped = line.includes(' - ');
        const shell = `patchboard() { printf '%s\\0' "$@"; ${line.startsWith('printf') ? 'cat > "$PIPED"' : ':'}; }\n${line}`;
        const said = execFileSync('sh', ['-c', shell], { encoding: 'utf8', env: { ...process.env, PIPED: piped } });
        const args = said.split('\0').slice(0, -1);
        if (isPiped && args[2] === '-') args[2] = piped;
        const { code, err } = await runRegistered(registerDeclare, args, () => ctx);
        expect({ code, err }).toEqual({ code: EXIT.ok, err: '' });
        const kept = await ctx.store.listFacts(namespace);
        expect(kept.map((fact) => fact.claim)).toContainEqual(toFactClaim(claim));
      }),
      { numRuns: 150 },
    );
  });
});
