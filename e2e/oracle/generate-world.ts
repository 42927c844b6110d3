import type { PatchQuestion } from '#lib/domain/verdict/question.ts';
import { formsOf } from './codes-truth.ts';
import { generateCodes } from './generate-codes.ts';
import { generateProgram } from './generate-program.ts';
import { playStory } from './play-story.ts';
import type { Code, Sdk, Style } from './program.ts';
import { type Random, randomFrom } from './random.ts';
import { HAZARDS, type Hazard, type World, type WorkflowType } from './world.ts';

/** How often a hazard is on in a mixed world, where it is not one in six. */
const OFTEN: Readonly<Partial<Record<Hazard, number>>> = {
  'several-places': 0.3,
  sticky: 0.4,
  sleeping: 0.3,
  typescript: 0.3,
  'unknown-sdk': 0.08,
  'no-id': 0.05,
  'reused-id': 0.12,
  'wrong-fact': 0.05,
  incomplete: 0.06,
  undecodable: 0.06,
  callback: 0.12,
  'label-full': 0.28,
};
const USUAL = 0.17;

/** Hazards that only Core patches have. */
const CORE_ONLY: ReadonlySet<Hazard> = new Set(['half-deprecated', 'label-full', 'typescript', 'unknown-sdk']);

function mixedHazards(random: Random): ReadonlySet<Hazard> {
  return new Set(HAZARDS.filter((hazard) => random.chance(OFTEN[hazard] ?? USUAL)));
}

/** One world. @param alone the only hazard; `plain`: none; null: any mixture */
export function generateWorld(seed: number, alone: Hazard | 'plain' | null): World {
  const random = randomFrom(seed);
  const hazards = alone === null ? mixedHazards(random) : new Set(alone === 'plain' ? [] : [alone]);
  const question = questionFor(random, hazards, alone);
  const isVersion = question.name === 'raise-min' || question.name === 'drop-call';
  const others = hazards.has('label-full') && !isVersion ? random.between(1, 3) : random.chance(0.3) ? 1 : 0;
  const types: WorkflowType[] = (hazards.has('shared-helper') ? ['Order', 'Refund'] : ['Order']).map((name) => ({
    name,
    program: generateProgram({ random, hazards, others, isVersion }),
  }));
  const programs = types.map(({ program }) => program);
  const codes = generateCodes({ random, hazards, question, programs, others });
  const patchIds = idsFor(random, others, hazards.has('label-full'));
  const sdk = sdkFor(random, hazards, isVersion, patchIds);
  const formsAsked = (code: Code) => formsOf({ types }, code, null);
  const story = playStory({ random, hazards, question, types, sdk, patchIds, codes: codes.codes, formsAsked });
  const isTypeNamed = random.chance(0.5);
  return {
    seed,
    hazards,
    question,
    policy: hazards.has('retention') ? 'retention' : 'open',
    types,
    asked: isTypeNamed ? [random.below(types.length)] : [...types.keys()],
    isTypeNamed,
    patchIds,
    sdk,
    ...codes,
    ...story,
  };
}

function questionFor(random: Random, hazards: ReadonlySet<Hazard>, alone: Hazard | 'plain' | null): PatchQuestion {
  const version = random.between(1, 2);
  const name = random.next();
  if (alone === 'label-full') return { name: 'remove' };
  const isCore = alone !== null && alone !== 'plain' && CORE_ONLY.has(alone);
  if (name < (isCore ? 0.6 : 0.4)) return { name: 'deprecate' };
  if (name < (isCore ? 1 : 0.75)) return { name: 'remove' };
  // What only Core has says nothing here.
  if (alone === null && [...hazards].every((hazard) => CORE_ONLY.has(hazard))) return { name: 'deprecate' };
  return { name: name < 0.9 ? 'raise-min' : 'drop-call', version };
}

/** Ids as users write them, or so long that a run's list of them comes near the label's limit. */
function idsFor(random: Random, others: number, isFull: boolean): readonly string[] {
  return Array.from({ length: others + 1 }, (_, index) => {
    const name = `patch-${index}`;
    return isFull ? name.padEnd(random.between(500, 1_300), 'x') : name;
  });
}

function sdkFor(random: Random, hazards: ReadonlySet<Hazard>, isVersion: boolean, patchIds: readonly string[]): Sdk {
  const writesLabels = !hazards.has('labels-missing') || random.chance(0.5);
  const idBytes = patchIds.map((id) => Buffer.byteLength(JSON.stringify(id)));
  const sdk = (name: string | null, style: Style): Sdk => ({ name, style, writesLabels, idBytes });
  if (isVersion) return sdk(random.pick(['temporal-go', 'temporal-java']), 'version');
  if (hazards.has('unknown-sdk')) {
    const style = random.pick<Style>(['keeps-false', 'forgets-false', 'sends-always']);
    return sdk(random.pick([null, 'temporal-rust', 'my-sdk']), style);
  }
  if (hazards.has('typescript')) return sdk('temporal-typescript', 'forgets-false');
  return sdk(random.pick(['temporal-python', 'temporal-dotnet', 'temporal-ruby']), 'keeps-false');
}
