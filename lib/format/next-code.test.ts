import { runInNewContext } from 'node:vm';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LANGUAGES_OF, languageOf, nextCode } from '#lib/format/next-code.ts';
import { type Language, sourceLiteral } from '#lib/format/source-literal.ts';

const core = { id: 'my-patch', min: null, max: null } as const;
const version = { id: 'change-1', min: 2, max: 2 } as const;

describe('nextCode', () => {
  it.each([
    ['python', 'workflow.deprecate_patch("my-patch")\nnew_code()'],
    ['typescript', "deprecatePatch('my-patch');\nnewCode();"],
    ['dotnet', 'Workflow.DeprecatePatch("my-patch");\nNewCode();'],
    ['ruby', "Temporalio::Workflow.deprecate_patch('my-patch')\nnew_code"],
  ] as const)('%s: what is put for the old branch is what is removed next', (language, after) => {
    expect(nextCode({ ...core, language, question: 'deprecate' })?.after).toBe(after);
    expect(nextCode({ ...core, language, question: 'remove' })?.before).toBe(after);
  });

  it.each([
    ['go', 'workflow.GetVersion(ctx, "change-1", 2, 2)'],
    ['java', 'Workflow.getVersion("change-1", 2, 2);'],
    ['php', 'yield Workflow::getVersion("change-1", 2, 2);'],
  ] as const)('%s: the call with its raised minimum is what is dropped next', (language, call) => {
    expect(nextCode({ ...version, language, question: 'raise-min' })?.after.split('\n')[0]).toBe(call);
    expect(nextCode({ ...version, language, question: 'drop-call' })?.before.split('\n')[0]).toBe(call);
  });

  it('keeps the maximum of today when the minimum is raised below it', () => {
    const change = nextCode({ ...version, language: 'go', question: 'raise-min', max: 5 });
    expect(change?.before).toContain('workflow.DefaultVersion, 5)');
    expect(change?.after).toContain('"change-1", 2, 5)');
  });

  it('has lines for each language of a kind, and none for the others', () => {
    for (const language of LANGUAGES_OF.core) {
      expect(nextCode({ ...core, language, question: 'remove' })).not.toBeNull();
      expect(nextCode({ ...version, language, question: 'drop-call' })).toBeNull();
    }
    for (const language of LANGUAGES_OF.version) {
      expect(nextCode({ ...version, language, question: 'raise-min' })).not.toBeNull();
      expect(nextCode({ ...core, language, question: 'deprecate' })).toBeNull();
    }
  });
});

describe('languageOf', () => {
  it('trusts an SDK only where it knows patches of the kind', () => {
    expect(languageOf('temporal-python', 'core')).toBe('python');
    expect(languageOf('temporal-go', 'version')).toBe('go');
    expect(languageOf('temporal-go', 'core')).toBeNull();
    expect(languageOf('temporal-rust', 'core')).toBeNull();
    expect(languageOf(null, 'version')).toBeNull();
  });
});

describe('sourceLiteral', () => {
  const HOSTILE = `"'\\$#{x}\`\n\0\u202e\u2028\u{e0001}${String.fromCodePoint(0x85)}1`;

  it.each([
    ['python', String.raw`"\"'\\$#{x}` + '`' + String.raw`\n\u0000\u202e\u2028\U000e0001\u00851"`],
    ['typescript', String.raw`'"\'\\$#{x}` + '`' + String.raw`\n\u{0}\u{202e}\u{2028}\u{e0001}\u{85}1'`],
    ['dotnet', String.raw`"\"'\\$#{x}` + '`' + String.raw`\n\u0000\u202e\u2028\U000e0001\u00851"`],
    ['ruby', String.raw`"\"'\\$\#{x}` + '`' + String.raw`\n\u{0}\u{202e}\u{2028}\u{e0001}\u{85}1"`],
    ['go', String.raw`"\"'\\$#{x}` + '`' + String.raw`\n\u0000\u202e\u2028\U000e0001\u00851"`],
    ['java', String.raw`"\"'\\$#{x}` + '`' + String.raw`\n\000\u202e\u2028\udb40\udc01\2051"`],
    ['php', String.raw`"\"'\\\$#{x}` + '`' + String.raw`\n\u{0}\u{202e}\u{2028}\u{e0001}\u{85}1"`],
  ] as const)('%s', (language, literal) => {
    expect(sourceLiteral(language, HOSTILE)).toBe(literal);
  });

  it('ruby keeps its single quotes where nothing hides', () => {
    expect(sourceLiteral('ruby', String.raw`it's \ #{x}`)).toBe(String.raw`'it\'s \\ #{x}'`);
  });

  it('read by TypeScript is the text again, on one line', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const literal = sourceLiteral('typescript', text);
        expect(runInNewContext(literal)).toBe(text);
        expect(literal).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
      }),
    );
  });

  it('never ends early: an unescaped quote stands only at both ends', () => {
    const languages: readonly Language[] = [...LANGUAGES_OF.core, ...LANGUAGES_OF.version];
    fc.assert(
      fc.property(fc.constantFrom(...languages), fc.string({ unit: 'binary' }), (language, text) => {
        const literal = sourceLiteral(language, text);
        const quote = literal.charAt(0);
        const inner = literal.slice(1, -1).replaceAll(/\\./gsu, '');
        expect(literal.endsWith(quote)).toBe(true);
        expect(inner).not.toContain(quote);
        expect(inner).not.toContain('\\');
      }),
    );
  });
});
