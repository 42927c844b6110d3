import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import { judgePatch } from '#lib/domain/verdict/judge-patch.ts';
import { isBlockingCode } from '#lib/domain/verdict/reason-order.ts';
import { withTypes, worlds } from '#lib/domain/verdict/testing/worlds.ts';
import type { Evidence, PatchVerdict, VerdictAnswer } from '#lib/domain/verdict/types.ts';

const MANY = 1_000;

/** The greater the better. */
const RANK: Readonly<Record<VerdictAnswer, number>> = { blocked: 0, unknown: 1, safe: 2 };

function judges(run: CensusRun, { policy }: Evidence): boolean {
  return policy === 'retention' || (run.summary.closeTimeMs === null && run.facts?.isClosed !== true);
}

function always<Values>(property: fc.IProperty<Values>, numRuns = MANY): void {
  fc.assert(property, { numRuns });
}

describe('every verdict', () => {
  it('is safe when there is no reason, blocked when one blocks, else unknown', () => {
    const seen = { safe: 0, blocked: 0, unknown: 0 };
    always(
      fc.property(worlds(), (world) => {
        const verdict = judgePatch(world);
        seen[verdict.answer] += 1;
        for (const { answer, reasons } of [verdict, ...verdict.byType]) {
          expect(answer === 'safe').toBe(reasons.length === 0);
          expect(answer === 'blocked').toBe(reasons.some(({ code }) => isBlockingCode(code)));
        }
        const worst = Math.min(...verdict.byType.map(({ answer }) => RANK[answer]));
        expect(RANK[verdict.answer]).toBeLessThanOrEqual(worst);
      }),
    );
    // The worlds are worth something only when every answer is common.
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(MANY * 0.1);
  });

  it('counts each run in one class, and waits only for runs that block', () => {
    always(
      fc.property(worlds(), (world) => {
        const { classes, runsConsidered, historiesRead, reasons, wait } = judgePatch(world);
        const judged = world.types.flatMap((type) => type.runs.filter((own) => judges(own, world)));
        expect(Object.values(classes).reduce((sum, count) => sum + count, 0)).toBe(judged.length);
        expect(runsConsidered).toBe(judged.length);
        expect(historiesRead).toBe(judged.filter(({ facts }) => facts !== null).length);
        const blocking = reasons.filter(({ code, examples }) => isBlockingCode(code) && examples.length > 0);
        expect(wait === null).toBe(blocking.length === 0);
      }),
    );
  });

  it('does not depend on the order of anything', () => {
    always(
      fc.property(worlds(), fc.infiniteStream(fc.nat()), (world, keys) => {
        const shuffle = <T>(items: readonly T[]): readonly T[] =>
          items
            .map((item) => [keys.next().value ?? 0, item] as const)
            .toSorted(([a], [b]) => a - b)
            .map(([, item]) => item);
        const other = withTypes({ ...world, facts: shuffle(world.facts) }, (type) => ({
          ...type,
          runs: shuffle(type.runs),
          witnesses: shuffle(type.witnesses),
          workers: shuffle(type.workers),
          knownPatchIds: shuffle(type.knownPatchIds),
        }));
        expect(plain(judgePatch(other))).toEqual(plain(judgePatch(world)));
      }),
    );
  });

  it('rests only on declared facts that nothing contradicts', () => {
    always(
      fc.property(worlds(), (world) => {
        const { assumptions, contradictions } = judgePatch(world);
        const voided = contradictions.map(({ fact }) => fact);
        for (const one of assumptions) {
          expect(world.facts).toContain(one);
          expect(voided).not.toContain(one);
        }
      }),
    );
  });

  it('does not change without the facts that it does not rest on', () => {
    always(
      fc.property(worlds(), (world) => {
        const { answer, assumptions, contradictions } = judgePatch(world);
        fc.pre(answer === 'safe');
        const facts = world.facts.filter(
          (one) => assumptions.includes(one) || contradictions.some(({ fact }) => fact === one),
        );
        expect(judgePatch({ ...world, facts }).answer).toBe('safe');
      }),
      MANY / 4,
    );
  });
});

/** What does not hang on the order in which equals came. */
function plain(verdict: PatchVerdict) {
  const sorted = (items: readonly unknown[]) => items.map((item) => JSON.stringify(item)).toSorted();
  return {
    ...verdict,
    reasons: verdict.reasons.map((reason) => ({ ...reason, workers: sorted(reason.workers) })),
    contradictions: sorted(verdict.contradictions.map(({ fact, why }) => [fact, why])),
    byType: verdict.byType.map((type) => ({
      ...type,
      reasons: type.reasons.map((reason) => ({ ...reason, workers: sorted(reason.workers) })),
      identities: sorted(type.identities),
    })),
  };
}
