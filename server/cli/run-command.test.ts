import { describe, expect, it } from 'vitest';
import { type CliDeps, EXIT, type ExitCode } from '#server/cli/command.ts';
import { runCommand } from '#server/cli/run-command.ts';
import { CodedError } from '#server/errors.ts';

async function run(args: readonly string[], openCtx: CliDeps['openCtx']) {
  let out = '';
  let err = '';
  let code: ExitCode = EXIT.ok;
  await runCommand(args, {
    env: {},
    openCtx,
    write: (text) => void (out += text),
    writeError: (text) => void (err += text),
    exit: (next) => void (code = next),
    signal: new AbortController().signal,
    hasColor: false,
  });
  return { out, err, code };
}

const unreachable = () =>
  Promise.reject(
    new CodedError('temporal-unreachable', 'Temporal at x:1 does not answer.', 'Start it, or set TEMPORAL_ADDRESS.'),
  );

describe('patchboard', () => {
  it('prints help and ends with 0', async () => {
    const { out, code } = await run(['--help'], unreachable);
    expect(code).toBe(EXIT.ok);
    for (const name of ['serve', 'demo', 'status', 'queue', 'change', 'record', 'patches', 'check', 'inspect'])
      expect(out).toContain(name);
  });

  it.each([
    [['nonsense']],
    [['status', '--nonsense']],
    [['check']],
    [['check', '--patch', 'p', '--question', 'maybe']],
  ])('takes %j for a usage error, exit 3, never 1', async (args) => {
    const { err, code } = await run(args, unreachable);
    expect(code).toBe(EXIT.usage);
    expect(err).not.toBe('');
  });

  it('says what, where and what next when Temporal does not answer, without a stack', async () => {
    const { err, code } = await run(['status'], unreachable);
    expect(code).toBe(EXIT.usage);
    expect(err).toContain('Temporal at x:1 does not answer.\nStart it, or set TEMPORAL_ADDRESS.');
    expect(err).not.toMatch(/\n\s+at /);
  });

  it('never ends with 1 on an internal failure', async () => {
    const { code, err } = await run(['status'], () => Promise.reject(new TypeError('boom')));
    expect(code).toBe(EXIT.usage);
    expect(err).toContain('internal failure: boom');
  });
});
