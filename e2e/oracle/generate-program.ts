import type { Op, Place, Program } from './program.ts';
import { at, type Random } from './random.ts';
import type { Hazard } from './world.ts';

interface ProgramFrame {
  readonly random: Random;
  readonly hazards: ReadonlySet<Hazard>;
  /** How many other patches than the asked one the type has. */
  readonly others: number;
  readonly isVersion: boolean;
}

/** GetVersion's programs have branches for DefaultVersion, 1, 2 and 3. */
const VERSION_BODIES = 4;

/** A workflow of a few waits in which the asked patch has one place or several. */
export function generateProgram(frame: ProgramFrame): Program {
  const { random, hazards, others, isVersion } = frame;
  const places: Place[] = [];
  let commands = 0;
  const command = (): Op => ({ kind: 'command', name: (commands += 1) });
  const wait: Op = { kind: 'wait' };
  const maybe = (probability: number, op: Op): Op[] => (random.chance(probability) ? [op] : []);

  function body(waits: number, isEmpty: boolean, inner: readonly Op[]): Op[] {
    const start = Array.from({ length: waits }, () => wait);
    if (isEmpty) return [...start, ...inner];
    return [...start, command(), ...inner, ...maybe(0.15, command())];
  }

  function addPlace(patch: number, inner: readonly Op[] = []): Op {
    const count = isVersion ? VERSION_BODIES : 2;
    const empty = random.chance(0.15) ? random.below(count) : -1;
    // Branches that look alike for a while, or of which only the old one begins with waiting.
    const waits = hazards.has('late-commands') && random.chance(0.7) ? random.between(1, 3) : 0;
    const areAlike = random.chance(0.8);
    const bodies = Array.from({ length: count }, (_, index) =>
      body(areAlike || index === 0 ? waits : 0, index === empty, index === 1 ? inner : []),
    );
    places.push({ patch, bodies });
    return { kind: 'place', place: places.length - 1 };
  }

  function step(patch: number, inner: readonly Op[]): Op[] {
    const place = addPlace(patch, inner);
    const looped: Op[] =
      hazards.has('loops') && random.chance(0.6)
        ? [{ kind: 'loop', times: random.between(2, 3), body: [...maybe(0.4, command()), place, wait] }]
        : [place];
    return hazards.has('paths') && random.chance(0.5) ? [{ kind: 'if', bit: random.below(2), body: looped }] : looped;
  }

  const ownPlaces = hazards.has('several-places') || hazards.has('half-deprecated') ? random.between(2, 3) : 1;
  const patches = [
    ...Array.from({ length: ownPlaces }, () => 0),
    ...Array.from({ length: others }, (_, index) => index + 1),
  ];
  const ops: Op[] = [...maybe(0.3, command()), ...maybe(0.55, wait)];
  const order = random.shuffled(patches);
  for (let index = 0; index < order.length; index += 1) {
    // Now and then a place stands inside the new branch of another.
    const isNested = index + 1 < order.length && random.chance(0.1);
    const inner = isNested ? [addPlace(at(order, index + 1)), ...maybe(0.5, wait)] : [];
    ops.push(...step(at(order, index), inner), ...maybe(0.3, command()), ...maybe(0.75, wait));
    if (isNested) index += 1;
  }
  // Seldom does a run end in the task that passes its last place.
  ops.push(...maybe(0.95, wait), ...maybe(0.3, command()));
  if (hazards.has('continue-as-new') && random.chance(0.8)) ops.push({ kind: 'continue-as-new' });
  return { ops, places };
}
