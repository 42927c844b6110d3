import type { PatchQuestion } from '#lib/domain/verdict/question.ts';
import {
  type Code,
  DEFAULT_VERSION,
  DEPRECATED,
  type Form,
  GUARDED,
  NEW,
  OLD,
  PATCHED,
  type Program,
} from './program.ts';
import { at, type Random } from './random.ts';
import type { Hazard } from './world.ts';

/** What a code has at the places of the asked patch. */
type Stage = (place: number) => Form;

export interface Codes {
  /** In order of version. */
  readonly codes: readonly Code[];
  readonly before: Code;
  readonly after: Code;
  /** For `deprecate` the code before with an error for the old branch, else the changed code. */
  readonly proving: Code;
}

interface CodesFrame {
  readonly random: Random;
  readonly hazards: ReadonlySet<Hazard>;
  readonly question: PatchQuestion;
  readonly programs: readonly Program[];
  /** How many other patches there are. */
  readonly others: number;
}

/** The life of the asked patch as a row of codes, up to about where one would ask the question. */
export function generateCodes(frame: CodesFrame): Codes {
  const { random, question } = frame;
  const isCore = question.name === 'deprecate' || question.name === 'remove';
  const { stages, before, after } = isCore ? coreStages(frame) : versionStages(frame);
  // Of another patch: the code with which it came, and the one that deprecates it.
  const others = Array.from({ length: frame.others }, () => ({
    from: random.below(stages.length),
    deprecatedFrom: random.chance(0.25) ? random.between(1, stages.length) : Infinity,
  }));
  const isLagging = frame.hazards.has('shared-helper') && random.chance(0.6);

  function code(name: string, index: number, stageOf: (type: number) => Stage): Code {
    const forms = frame.programs.map(({ places }, type) => {
      let own = 0;
      return places.map(({ patch }): Form => {
        if (patch === 0) return stageOf(type)(own++);
        if (!isCore) return { kind: 'version', min: DEFAULT_VERSION, max: 1 };
        const { from, deprecatedFrom } = at(others, patch - 1);
        if (index < from) return OLD;
        return index < deprecatedFrom ? PATCHED : DEPRECATED;
      });
    });
    return { name, forms };
  }

  const last = stages.length - 1;
  const codes = stages.map((stage, index) =>
    code(`code${index}`, index, (type) => (type > 0 && isLagging && index > 0 ? at(stages, index - 1) : stage)),
  );
  // Places that the newest code does not call stay as they are; without any call the question is about a code to come.
  const newest = at(codes, last).forms.map((forms, type) =>
    forms.filter((_, place) => at(at(frame.programs, type).places, place).patch === 0),
  );
  const hasCall = newest.flat().some(({ kind }) => kind !== 'old');
  const change =
    (stage: Stage) =>
    (type: number): Stage =>
    (place) =>
      hasCall && at(at(newest, type), place).kind === 'old' ? OLD : stage(place);
  const guard: Stage = question.name === 'deprecate' ? everywhere(GUARDED) : after;
  return {
    codes,
    before: code('before', last, change(before)),
    after: code('after', last, change(after)),
    proving: code('proving', last, change(guard)),
  };
}

interface Stages {
  readonly stages: readonly Stage[];
  readonly before: Stage;
  readonly after: Stage;
}

const everywhere =
  (form: Form): Stage =>
  () =>
    form;

function coreStages({ random, hazards, question }: CodesFrame): Stages {
  const severalPlaces = hazards.has('several-places') || hazards.has('half-deprecated');
  const split = random.between(1, 2);
  const isFirstPart = random.chance(0.5);
  /** Some places in one form, the rest in another. */
  const parts =
    (some: Form, rest: Form): Stage =>
    (place) =>
      place < split === isFirstPart ? some : rest;

  const stages: Stage[] = [everywhere(OLD)];
  if (severalPlaces && random.chance(0.7)) {
    stages.push(parts(PATCHED, OLD));
    if (hazards.has('half-deprecated') && random.chance(0.4))
      stages.push(parts(DEPRECATED, OLD), parts(DEPRECATED, PATCHED));
  }
  stages.push(everywhere(PATCHED));
  const patched = stages.length;
  if (hazards.has('half-deprecated') && random.chance(0.8)) stages.push(parts(DEPRECATED, PATCHED));
  const half = stages.length;
  stages.push(everywhere(DEPRECATED));
  const deprecated = stages.length;
  if (hazards.has('half-deprecated') && random.chance(0.3)) stages.push(parts(NEW, DEPRECATED));
  stages.push(everywhere(NEW));
  const isDeprecate = question.name === 'deprecate';
  const end = random.next();
  const early = isDeprecate ? patched - 1 : patched;
  const usual = isDeprecate ? random.pick([patched, patched, half]) : deprecated;
  const late = isDeprecate ? deprecated : stages.length;
  return {
    stages: stages.slice(0, end < 0.08 ? early : end < (hazards.has('late-commands') ? 0.7 : 0.88) ? usual : late),
    before: everywhere(isDeprecate ? PATCHED : DEPRECATED),
    after: everywhere(isDeprecate ? DEPRECATED : NEW),
  };
}

function versionStages({ random, hazards, question }: CodesFrame): Stages {
  const asked = 'version' in question ? question.version : 1;
  const split = random.between(1, 2);
  const range = (min: number, max: number): Form => ({ kind: 'version', min, max });
  const stages: Stage[] = [everywhere(OLD)];
  if (hazards.has('several-places') && random.chance(0.7)) {
    stages.push((place) => (place < split ? range(DEFAULT_VERSION, 1) : OLD));
  }
  stages.push(everywhere(range(DEFAULT_VERSION, 1)));
  if (asked === 1) {
    // Asked to drop the call, the support of DefaultVersion is gone: `drop-call` comes after `raise-min`, as `remove` after `deprecate`.
    if (question.name === 'drop-call') stages.push(everywhere(range(1, 1)));
  } else {
    const lowest = random.pick([DEFAULT_VERSION, 1]);
    if (question.name === 'raise-min' || random.chance(0.5)) {
      stages.push(everywhere(range(question.name === 'raise-min' ? lowest : 1, 2)));
    }
    if (question.name === 'drop-call') stages.push(everywhere(range(2, 2)));
  }
  const isLate = random.chance(0.12);
  if (isLate) stages.push(everywhere(range(asked, asked + 1)));
  const max = isLate && question.name === 'raise-min' ? asked + 1 : asked;
  if (question.name === 'raise-min') {
    return { stages, before: everywhere(range(DEFAULT_VERSION, max)), after: everywhere(range(asked, max)) };
  }
  return {
    stages,
    before: everywhere(range(DEFAULT_VERSION, asked)),
    after: everywhere({ kind: 'fixed', version: asked }),
  };
}
