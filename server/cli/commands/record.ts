import { type Command, InvalidArgumentError } from 'commander';
import { type CliDeps, EXIT } from '#server/cli/command.ts';
import { recordText } from '#server/cli/record-text.ts';
import { loadConfig } from '#server/config/load.ts';
import type { ChainHead } from '#server/store/record/check-chain.ts';
import { verifyRecord } from '#server/store/record/verify-record.ts';

interface VerifyOptions {
  readonly head?: ChainHead;
  readonly json?: true;
}

/** `record verify`: whether the record of changes is as it was written. Exit 0 whole, 1 damaged, 3 no store to read. Needs no Temporal. */
export function registerRecord(program: Command, deps: CliDeps): void {
  program
    .command('record')
    .description('The record of changes in the store.')
    .command('verify')
    .description(
      'Check that no entry of the record was edited, deleted or exchanged. PATCHBOARD_DATABASE_URL names the store. ' +
        'Exit code 0 whole, 1 damaged, 3 no store to read.',
    )
    .option('--head <number:hash>', 'a head printed on an earlier day, which must still be in the record', headOf)
    .option('--json', 'print as JSON')
    .action(async ({ head, json }: VerifyOptions) => {
      const { storePath } = await loadConfig(deps.env);
      const report = await verifyRecord(storePath, head ?? null);
      const isWhole = report.problemCount === 0;
      deps.write(json ? `${JSON.stringify({ isWhole, ...report })}\n` : recordText(report));
      deps.exit(isWhole ? EXIT.ok : EXIT.blocked);
    });
}

function headOf(text: string): ChainHead {
  const [, number, hash] = /^([1-9]\d{0,14}):([0-9a-f]{64})$/i.exec(text.trim()) ?? [];
  if (hash === undefined)
    throw new InvalidArgumentError('Give a head as it was printed: NUMBER:HASH, with the whole hash.');
  return { number: Number(number), hash: hash.toLowerCase() };
}
