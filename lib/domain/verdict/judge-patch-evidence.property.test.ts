import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { CensusRun } from '#lib/domain/census/snapshot.ts';
import { identityOfWorker, isSameIdentity } from '#lib/domain/verdict/identity.ts';
import { judgePatch } from '#lib/domain/verdict/judge-patch.ts';
import { routed } from '#lib/domain/verdict/testing/evidence.ts';
import { coreMarker, PATCH, run, versionMarker } from '#lib/domain/verdict/testing/runs.ts';
import { moreRuns, wildMarkers, withRuns, withTypes, workers, worlds } from '#lib/domain/verdict/testing/worlds.ts';
import type { Evidence, PatchVerdict, TypeEvidence, VerdictAnswer, WorkerSeen } from '#lib/domain/verdict/types.ts';

const MANY = 1_000;

/** The greater the better. */
const RANK: Readonly<Record<VerdictAnswer, number>> = { blocked: 0, unknown: 1, safe: 2 };

const rankOf = (world: Evidence) => RANK[judgePatch(world).answer];

function judges(run: CensusRun, { policy }: Evidence): boolean {
  return policy === 'retention' || (run.summary.closeTimeMs === null && run.facts?.isClosed !== true);
}

function always<Values>(property: fc.IProperty<Values>, numRuns = MANY): void {
  fc.assert(property, { numRuns });
}

describe('more evidence', () => {
  it('of a run without markers never makes the answer better', () => {
    always(
      fc.property(worlds(), moreRuns, (world, more) => {
        const bare = more.map((own) => ({
          ...own,
          summary: { ...own.summary, labels: [] },
          facts: own.facts && { ...own.facts, markers: [] },
        }));
        expect(rankOf(withMore(world, bare))).toBeLessThanOrEqual(rankOf(world));
      }),
    );
  });

  it('of any run clears no run that is refused for its marker', () => {
    always(
      fc.property(worlds(), moreRuns, (world, more) => {
        const codes = new Set(['marker-live', 'version-below-min', 'version-differs']);
        const refused = (verdict: PatchVerdict) =>
          verdict.reasons.filter(({ code }) => codes.has(code)).reduce((sum, { count }) => sum + (count ?? 0), 0);
        expect(refused(judgePatch(withMore(world, more)))).toBeGreaterThanOrEqual(refused(judgePatch(world)));
      }),
    );
  });

  it('of a worker never makes the answer better where somebody polls already', () => {
    always(
      fc.property(worlds(), workers, (world, one) => {
        fc.pre(world.types.every((type) => type.workers.some(({ isRouted }) => !isRouted)));
        // A floor speaks of a build that routing names from the day that a worker of it polls.
        const isPolledNow = (seen: WorkerSeen) =>
          seen.isRouted && !one.isRouted && isSameIdentity(identityOfWorker(seen), identityOfWorker(one));
        fc.pre(!world.types.some((type) => type.workers.some(isPolledNow)));
        const more = withTypes(world, (type) => ({ ...type, workers: [...type.workers, one] }));
        expect(rankOf(more)).toBeLessThanOrEqual(rankOf(world));
      }),
    );
  });

  it('of a build that routing names never makes the answer better', () => {
    always(
      fc.property(worlds(), workers, (world, { buildId, deploymentVersion }) => {
        const one = routed(buildId, { deploymentVersion });
        const more = withTypes(world, (type) => ({ ...type, workers: [...type.workers, one] }));
        expect(rankOf(more)).toBeLessThanOrEqual(rankOf(world));
      }),
    );
  });

  it('that nobody could read is never safe, and unblocks nothing', () => {
    always(
      fc.property(worlds(), (world) => {
        const unread = withMore(world, [run('more', { isUnread: true })]);
        expect(rankOf(unread)).toBeLessThanOrEqual(Math.min(rankOf(world), RANK.unknown));
      }),
    );
  });
});

function withMore(world: Evidence, more: readonly CensusRun[]): Evidence {
  return withTypes(world, (type) => ({
    ...type,
    runs: [...type.runs, ...more.filter((own) => own.summary.workflowType === type.workflowType)],
  }));
}

describe('evidence that is missing', () => {
  const losses: readonly [string, (type: TypeEvidence) => TypeEvidence][] = [
    ['of runs', (type) => ({ ...type, isListComplete: false })],
    ['of workers', (type) => ({ ...type, areWorkersWatched: false })],
    ['of queues', (type) => ({ ...type, areQueuesKnown: false })],
    ['of pollers', (type) => ({ ...type, workers: [] })],
  ];

  it.each(losses)('%s is never safe', (_name, lose) => {
    always(
      fc.property(worlds(), (world) => {
        // One type is enough.
        const types = world.types.map((type, index) => (index === 0 ? lose(type) : type));
        expect(judgePatch({ ...world, types }).answer).not.toBe('safe');
      }),
      MANY / 2,
    );
  });

  it('of one judged run’s history, or of one marker in it, is never safe', () => {
    always(
      fc.property(worlds(), fc.nat(), fc.boolean(), (world, pick, isWhole) => {
        const judged = world.types.flatMap((type) => type.runs.filter((own) => judges(own, world)));
        const one = judged[pick % Math.max(judged.length, 1)];
        fc.pre(one !== undefined);
        const unreadable = [{ eventId: 9, reason: 'not-json' as const }];
        const lost = withRuns(world, (own) => {
          if (own !== one) return own;
          return { ...own, facts: isWhole || own.facts === null ? null : { ...own.facts, unreadable } };
        });
        expect(judgePatch(lost).answer).not.toBe('safe');
      }),
    );
  });

  it('of the list of types is never safe', () => {
    always(
      fc.property(worlds(), (world) => {
        const facts = world.facts.filter(({ claim }) => claim.kind !== 'types');
        expect(judgePatch({ ...world, facts, areTypesKnown: false }).answer).not.toBe('safe');
      }),
      MANY / 2,
    );
  });
});

describe('what is not of the patch', () => {
  it('labels and build lists change no class and no blocker', () => {
    always(
      fc.property(worlds(), fc.array(fc.constantFrom(PATCH, 'x', `${PATCH}-2`)), (world, labels) => {
        const other = withRuns(world, (own) => ({
          ...own,
          summary: { ...own.summary, labels, buildIds: labels },
          facts: own.facts && { ...own.facts, labels },
        }));
        const [before, after] = [judgePatch(world), judgePatch(other)];
        expect(after.classes).toEqual(before.classes);
        expect(after.reasons).toEqual(before.reasons);
      }),
    );
  });

  it('markers of another kind, id or spelling clear nothing', () => {
    always(
      fc.property(worlds({ arePlain: true }), fc.array(wildMarkers), fc.nat(), (world, markers, pick) => {
        const isCore = world.question.name === 'deprecate' || world.question.name === 'remove';
        const foreign = markers.map((marker) => {
          if (marker.id !== PATCH) return marker;
          return isCore ? versionMarker(PATCH, pick % 3, marker) : coreMarker(PATCH, pick % 2 === 0, marker);
        });
        const whole = foreign.map((marker) =>
          marker.id === PATCH ? { ...marker, kind: isCore ? ('version' as const) : ('core' as const) } : marker,
        );
        const more = withRuns(world, (own) => ({
          ...own,
          facts: own.facts && { ...own.facts, markers: [...own.facts.markers, ...whole] },
        }));
        expect(rankOf(more)).toBeLessThanOrEqual(rankOf(world));
      }),
    );
  });
});
