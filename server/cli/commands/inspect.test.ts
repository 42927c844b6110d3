import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import type { CliDeps } from '#server/cli/command.ts';
import { registerInspect } from '#server/cli/commands/inspect.ts';
import { inspectText } from '#server/cli/commands/inspect-text.ts';

const FIXTURES = 'e2e/fixtures/histories';

async function run(...args: string[]) {
  const said = { out: '', err: '', code: 0 };
  const deps: CliDeps = {
    env: {},
    openCtx: () => Promise.reject(new Error('inspect needs neither Temporal nor a store')),
    write: (text) => void (said.out += text),
    writeError: (text) => void (said.err += text),
    exit: (code) => void (said.code = code),
    signal: new AbortController().signal,
    hasColor: false,
  };
  const program = new Command('patchboard').exitOverride();
  registerInspect(program, deps);
  await program.parseAsync(['inspect', ...args], { from: 'user' });
  return said;
}

describe('patchboard inspect', () => {
  it('prints one JSON object a line', async () => {
    const { out, err, code } = await run('--json', `${FIXTURES}/go-version.json`, `${FIXTURES}/go-zlib.json`);
    const lines = out.trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).workflowId)).toEqual(['go-plain', 'go-zlib']);
    expect({ err, code }).toEqual({ err: '', code: 0 });
  });

  it('reads the other files beside a bad one, and exits 3', async () => {
    const { out, err, code } = await run('--json', 'package.json', `${FIXTURES}/go-version.json`, 'no/such\u202Efile');
    expect(out.trimEnd().split('\n')).toHaveLength(1);
    expect(err).toMatch(/^patchboard: package\.json: byte \d+: holds no list of events\.\n/);
    expect(err).toContain('patchboard: no/such\\u{202e}file: there is no such file.');
    expect(code).toBe(3);
  });

  it('prints text for people', async () => {
    const { out } = await run(`${FIXTURES}/python-patched.json`);
    expect(out).toBe(`e2e/fixtures/histories/python-patched.json
  workflow   py-patched  run 01a20a2e-bce0-77bd-9df9-294dc749e5a6  closed
  type       MyWorkflow
  SDK        temporal-python 1.35.0
  builds     stage-2
  patches
    my-patch  patched  event 5  build stage-2
    second/päth "q"-2  patched  event 7  build stage-2
    late  deprecate_patch  event 18  build stage-2
  labels     my-patch, second/päth "q"-2, late
`);
    const zlib = (await run(`${FIXTURES}/go-zlib.json`)).out;
    expect(zlib).toContain('  patches    none recorded\n');
    expect(zlib).toContain('  unreadable event 5: encrypted, or in an encoding that is not plain JSON\n');
  });
});

it('no name of a file can hide or reorder text', () => {
  const evil = 'a\u001B[2J\u202Eb\nc';
  const patch = { id: evil, eventId: 5, buildId: evil };
  const text = inspectText({
    file: evil,
    workflowId: evil,
    runId: evil,
    workflowType: evil,
    sdk: { name: evil, version: evil },
    patches: [
      { kind: 'core', deprecated: false, version: null, ...patch },
      { kind: 'version', deprecated: null, version: -1, ...patch },
    ],
    labels: [evil],
    unreadable: [{ eventId: 9, reason: 'not-json' }],
    builds: [evil],
    closed: false,
  });
  for (const hidden of ['\u001B', '\u202E', '\nc']) expect(text).not.toContain(hidden);
  expect(text).toContain('version -1');
});
