import { describe, expect, it } from 'vitest';
import { judgePatch } from '#lib/domain/verdict/judge-patch.ts';
import { runBatch } from '#e2e/oracle/batch.ts';
import { MUTANTS } from '#e2e/oracle/mutants.ts';
import { catchMutant } from '#e2e/oracle/mutate.ts';
import { HAZARDS } from '#e2e/oracle/world.ts';

/** The full counts are in `npm run proof` (main.ts); here a few worlds of each kind, with seeds that those do not reach. */
const FROM = 1_000_000;
const MIXED_WORLDS = 1_000;
const HAZARD_WORLDS = 100;

/** On a busy machine. */
const LONG_MS = 30_000;

describe('the verdict', () => {
  it(
    'calls no change safe that breaks a run',
    () => {
      const tally = runBatch(judgePatch, { setting: null, from: FROM, worlds: MIXED_WORLDS });
      expect(tally.shown.join('\n\n')).toBe('');
      expect(tally.falseSafes).toBe(0);
      // A generator that makes one kind of world alone would prove nothing.
      expect(tally.safe).toBeGreaterThan(0.3 * MIXED_WORLDS);
      expect(tally.breaking).toBeGreaterThan(0.3 * MIXED_WORLDS);
    },
    LONG_MS,
  );

  it.each(HAZARDS)(
    'calls no change safe that breaks a run, with nothing but %s',
    (setting) => {
      const tally = runBatch(judgePatch, { setting, from: FROM, worlds: HAZARD_WORLDS });
      expect(tally.shown.join('\n\n')).toBe('');
      expect(tally.breaking).toBeGreaterThan(0);
      expect(tally.safe).toBeGreaterThan(0);
    },
    LONG_MS,
  );
});

describe('a rule that is deleted', () => {
  const quick = MUTANTS.filter(({ file }) => file === 'judge-workers.ts' || file === 'judge-type.ts').slice(0, 3);
  it.each(quick)(
    'is noticed: $name',
    async (mutant) => {
      expect(await catchMutant(mutant, 3_000, 1)).not.toBeNull();
    },
    LONG_MS,
  );

  it('stands in its file just once', async () => {
    const [mutant] = MUTANTS;
    if (mutant === undefined) throw new Error('there are no mutants');
    await expect(catchMutant({ ...mutant, find: 'no such rule' }, 1, 1)).rejects.toThrow('0 times');
  });
});
