import { createLensFold } from '#lib/domain/run-lens/fold-run-lens.ts';
import { type Body, numbered, started } from '#lib/domain/run-lens/testing/events.ts';
import type { LensEntry, LensFact } from '#lib/domain/run-lens/types.ts';

/** The entries of a history. */
export function fold(...bodies: Body[]): readonly LensEntry[] {
  const lens = createLensFold();
  for (const event of numbered(bodies)) lens.add(event);
  return lens.finish().entries;
}

/** What the entries tell, without the start, events and times. */
export function factsAfterStart(...bodies: Body[]): readonly LensFact[] {
  return fold(started(), ...bodies)
    .map((entry) => entry.fact)
    .slice(1);
}
