import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { refusal } from './borders.js';

/** The design's sentence on imports, written a second time as plain pairs: importer → all that it may import. */
const MAY: Record<string, string[]> = {
  'lib/domain/a.ts': ['lib/domain'],
  'lib/api/a.ts': ['lib/api', 'lib/domain', 'lib/routes.ts'],
  'lib/format/a.ts': ['lib/format', 'lib/domain'],
  'server/http/a.ts': ['server', 'lib/api', 'lib/domain', 'lib/format', 'lib/routes.ts'],
  'components/queues/a.tsx': ['components', 'lib/api', 'lib/domain', 'lib/format', 'lib/routes.ts'],
  'app/queue/page.tsx': ['app', 'components', 'server', 'lib/api', 'lib/domain', 'lib/format', 'lib/routes.ts'],
};
const TARGETS = [
  'lib/domain',
  'lib/api',
  'lib/format',
  'lib/routes.ts',
  'server',
  'components',
  'app',
  'e2e',
  'nowhere',
];

describe('import borders', () => {
  for (const [file, may] of Object.entries(MAY)) {
    for (const target of TARGETS) {
      const isAllowed = may.includes(target);
      it(`${file} ${isAllowed ? 'may' : 'may not'} import ${target}`, () => {
        const why = refusal(file, target.endsWith('.ts') ? `#${target}` : `#${target}/x.ts`);
        if (isAllowed) expect(why).toBeUndefined();
        else expect(why).toBeTypeOf('string');
      });
    }
  }

  it.each([
    ['lib/domain/a.ts', 'zod'],
    ['server/usecases/a.ts', '@temporalio/proto'],
    ['server/census/a.ts', '@grpc/grpc-js'],
    ['server/http/a.ts', 'kysely'],
    ['server/cli/a.ts', 'server-only'],
    ['components/a.tsx', 'better-sqlite3'],
    ['lib/api/a.ts', '../domain/x.ts'],
  ])('%s may not import %s', (file, specifier) => {
    expect(refusal(file, specifier)).toBeTypeOf('string');
  });

  it.each(['lib/domain/verdict/a.test.ts', 'lib/domain/verdict/testing/a.ts'])(
    '%s may import the tests’ packages, and no other room',
    (file) => {
      expect(refusal(file, 'fast-check')).toBeUndefined();
      expect(refusal(file, '#server/x.ts')).toBeTypeOf('string');
    },
  );

  it('fails the lint run itself, with each house rule', () => {
    const root = mkdtempSync(join(tmpdir(), 'borders-'));
    const files = {
      'lib/domain/a.ts': "import { x } from '#server/x.ts';\nexport const a = x;\n",
      'lib/api/cast.ts': 'export const a = (b: string) => b as unknown as number;\n',
      'app/action.ts': "'use server';\nexport const a = 1;\n",
      'lib/api/barrel.ts': "export * from './cast.ts';\n",
      '.oxlintrc.json': JSON.stringify({
        jsPlugins: [resolve('lint/borders.js')],
        rules: { 'house/imports': 'error', 'house/no-double-cast': 'error', 'house/no-server-action': 'error' },
      }),
    };
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), text);
    }
    const report = lint(root);
    expect(report).toContain('lib/domain may not import server');
    expect(report).toContain('a cast through unknown');
    expect(report).toContain('no server actions');
    expect(report).toContain('no barrels');
  });
});

function lint(cwd: string): string {
  try {
    execFileSync(resolve('node_modules/.bin/oxlint'), ['.'], { cwd, encoding: 'utf8', stdio: 'pipe' });
    return '';
  } catch (error) {
    return error instanceof Error && 'stdout' in error ? String(error.stdout) : String(error);
  }
}
