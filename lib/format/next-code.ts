import type { PatchKind } from '#lib/domain/patches/types.ts';
import type { QuestionName } from '#lib/domain/verdict/question.ts';
import { type Language, sourceLiteral } from '#lib/format/source-literal.ts';

export const LANGUAGES_OF: Readonly<Record<PatchKind, readonly Language[]>> = {
  core: ['python', 'typescript', 'dotnet', 'ruby'],
  version: ['go', 'java', 'php'],
};

export const LANGUAGE_WORDS: Readonly<Record<Language, string>> = {
  python: 'Python',
  typescript: 'TypeScript',
  dotnet: '.NET',
  ruby: 'Ruby',
  go: 'Go',
  java: 'Java',
  php: 'PHP',
};

/** By what an SDK calls itself in histories. PHP's workers run in a Go program and call themselves `temporal-go`. */
const LANGUAGE_OF_SDK: ReadonlyMap<string, Language> = new Map(
  (['python', 'typescript', 'dotnet', 'ruby', 'go', 'java', 'php'] as const).map((name) => [`temporal-${name}`, name]),
);

/** null: the SDK is not known, or knows no patches of this kind. */
export function languageOf(sdkName: string | null, kind: PatchKind): Language | null {
  const language = sdkName === null ? undefined : LANGUAGE_OF_SDK.get(sdkName);
  return language !== undefined && LANGUAGES_OF[kind].includes(language) ? language : null;
}

export interface NextCodeInput {
  readonly language: Language;
  readonly question: QuestionName;
  readonly id: string;
  /** raise-min: the new minSupported; drop-call: the version whose branch stays; else null. */
  readonly min: number | null;
  /** maxSupported of today, as far as open runs tell. */
  readonly max: number | null;
}

interface CodeChange {
  readonly before: string;
  readonly after: string;
}

/**
 * The lines that change, before and after, in the user's language. What surrounds the call is a stand-in. null: the language knows
 * no patches of the question's kind.
 */
export function nextCode(input: NextCodeInput): CodeChange | null {
  const { language, question } = input;
  switch (question) {
    case 'deprecate':
    case 'remove': {
      const lines = CORE_LINES[language];
      return lines === undefined ? null : coreChange(lines, question, sourceLiteral(language, input.id));
    }
    case 'raise-min':
    case 'drop-call': {
      const lines = VERSION_LINES[language];
      return lines === undefined ? null : versionChange(lines, input);
    }
  }
}

function coreChange(lines: CoreLines, question: 'deprecate' | 'remove', id: string): CodeChange {
  const deprecated = join(lines.deprecated(id), lines.newCode);
  return question === 'deprecate'
    ? { before: lines.branches(lines.patched(id)), after: deprecated }
    : { before: deprecated, after: lines.newCode };
}

function versionChange(lines: VersionLines, { language, question, id, min, max }: NextCodeInput): CodeChange {
  const literal = sourceLiteral(language, id);
  const version = min ?? 1;
  if (question === 'drop-call') {
    return { before: join(lines.alone(literal, version, version), lines.newCode), after: lines.newCode };
  }
  const highest = Math.max(max ?? version, version);
  return {
    before: join(lines.assigned(literal, highest), lines.branches(version)),
    after: join(lines.alone(literal, version, highest), lines.newCode),
  };
}

function join(...lines: readonly string[]): string {
  return lines.join('\n');
}

interface CoreLines {
  readonly patched: (id: string) => string;
  readonly deprecated: (id: string) => string;
  readonly branches: (condition: string) => string;
  readonly newCode: string;
}

const CORE_LINES: Readonly<Partial<Record<Language, CoreLines>>> = {
  python: {
    patched: (id) => `workflow.patched(${id})`,
    deprecated: (id) => `workflow.deprecate_patch(${id})`,
    branches: (condition) => join(`if ${condition}:`, '    new_code()', 'else:', '    old_code()'),
    newCode: 'new_code()',
  },
  typescript: {
    patched: (id) => `patched(${id})`,
    deprecated: (id) => `deprecatePatch(${id});`,
    branches: (condition) => join(`if (${condition}) {`, '  newCode();', '} else {', '  oldCode();', '}'),
    newCode: 'newCode();',
  },
  dotnet: {
    patched: (id) => `Workflow.Patched(${id})`,
    deprecated: (id) => `Workflow.DeprecatePatch(${id});`,
    branches: (condition) => join(`if (${condition})`, '{', '    NewCode();', '}', 'else', '{', '    OldCode();', '}'),
    newCode: 'NewCode();',
  },
  ruby: {
    patched: (id) => `Temporalio::Workflow.patched(${id})`,
    deprecated: (id) => `Temporalio::Workflow.deprecate_patch(${id})`,
    branches: (condition) => join(`if ${condition}`, '  new_code', 'else', '  old_code', 'end'),
    newCode: 'new_code',
  },
};

interface VersionLines {
  /** The call as it was at first, from the default version on. */
  readonly assigned: (id: string, max: number) => string;
  readonly alone: (id: string, min: number, max: number) => string;
  readonly branches: (least: number) => string;
  readonly newCode: string;
}

const VERSION_LINES: Readonly<Partial<Record<Language, VersionLines>>> = {
  go: {
    assigned: (id, max) => `v := workflow.GetVersion(ctx, ${id}, workflow.DefaultVersion, ${max})`,
    alone: (id, min, max) => `workflow.GetVersion(ctx, ${id}, ${min}, ${max})`,
    branches: (least) => join(`if v >= ${least} {`, '\tnewCode()', '} else {', '\toldCode()', '}'),
    newCode: 'newCode()',
  },
  java: {
    assigned: (id, max) => `int v = Workflow.getVersion(${id}, Workflow.DEFAULT_VERSION, ${max});`,
    alone: (id, min, max) => `Workflow.getVersion(${id}, ${min}, ${max});`,
    branches: (least) => join(`if (v >= ${least}) {`, '  newCode();', '} else {', '  oldCode();', '}'),
    newCode: 'newCode();',
  },
  php: {
    assigned: (id, max) => `$v = yield Workflow::getVersion(${id}, Workflow::DEFAULT_VERSION, ${max});`,
    alone: (id, min, max) => `yield Workflow::getVersion(${id}, ${min}, ${max});`,
    branches: (least) => join(`if ($v >= ${least}) {`, '    newCode();', '} else {', '    oldCode();', '}'),
    newCode: 'newCode();',
  },
};
