import { type Command, InvalidArgumentError, Option } from 'commander';
import type { Check } from '#lib/api/verdict/schemas.ts';
import type { PatchQuestion, QuestionName } from '#lib/domain/verdict/question.ts';
import type { Policy } from '#lib/domain/verdict/types.ts';
import { type CliDeps, EXIT, type ExitCode } from '#server/cli/command.ts';
import { tellCheckProgress } from '#server/cli/check-progress.ts';
import { verdictText } from '#server/cli/verdict-text.ts';
import { answerQuestion } from '#server/usecases/verdict/answer-question.ts';

const QUESTIONS = ['deprecate', 'remove', 'raise-min', 'drop-call'] as const satisfies readonly QuestionName[];
const POLICIES = ['open', 'retention'] as const satisfies readonly Policy[];

interface CheckOptions {
  readonly patch: string;
  readonly question: QuestionName;
  readonly min?: number;
  readonly workflowType?: string;
  readonly namespace?: readonly string[];
  readonly policy: Policy;
  readonly targetBuild?: string;
  readonly assumeCarrier?: readonly string[];
  readonly full?: true;
  readonly timeout: number;
  readonly maxHistories: number;
  readonly json?: true;
}

/** `check`: may this code go? Exit 0 safe, 1 blocked, 2 unknown, 3 usage, connection or internal failure. */
export function registerCheck(program: Command, deps: CliDeps): void {
  const command = program
    .command('check')
    .description('May this code go? Exit code 0 safe, 1 blocked, 2 unknown, 3 usage or connection.')
    .requiredOption('--patch <id>', 'patch id, or change id of GetVersion', nonEmpty)
    .addOption(new Option('--question <question>', 'what you are about to do').choices(QUESTIONS).makeOptionMandatory())
    .option('--min <version>', 'raise-min: the new minSupported; drop-call: the version whose branch stays', integer)
    .option('--workflow-type <type>', 'one workflow type; without it, every type known to use the patch', nonEmpty)
    .option('--namespace <name...>', 'namespaces to look into (default: the configured one)')
    .addOption(
      new Option('--policy <policy>', 'open: runs that are open; retention: closed ones too, as long as they are kept')
        .choices(POLICIES)
        .default('open'),
    )
    .option('--target-build <build>', 'the build that the change becomes: runs that routing keeps from it do not count')
    .option('--assume-carrier <build...>', 'builds taken to run what the step presumes; the answer says so')
    .option('--full', 'read on after the first run that blocks, for complete counts')
    .option('--timeout <seconds>', 'time to gather evidence', positiveInteger, 120)
    .option('--max-histories <count>', 'histories to read at most', positiveInteger, 2_000)
    .option('--json', 'print the answer as JSON')
    .action(async (options: CheckOptions) => {
      const question = questionFrom(options, command);
      const ctx = await deps.openCtx();
      const [first = ctx.config.temporal.namespace, ...others] = new Set(options.namespace);
      const input = {
        question,
        patchId: options.patch,
        workflowType: options.workflowType ?? null,
        namespaces: [first, ...others] as const,
        policy: options.policy,
        targetBuild: options.targetBuild ?? null,
        assumedBuilds: options.assumeCarrier ?? [],
        mode: options.full ? ('full' as const) : ('answer' as const),
        limits: { timeoutMs: options.timeout * 1_000, maxHistories: options.maxHistories },
      };
      using progress = tellCheckProgress(deps);
      const check = await answerQuestion(ctx, input, progress.tell);
      const text = () => verdictText(check, { hasColor: deps.hasColor, nowMs: ctx.now() });
      deps.write(options.json ? `${JSON.stringify(check)}\n` : text());
      deps.exit(exitCodeOf(check.answer));
    });
}

function questionFrom({ question, min }: CheckOptions, command: Command): PatchQuestion {
  if (question === 'deprecate' || question === 'remove') {
    if (min !== undefined) command.error(`error: --min belongs to raise-min and drop-call, not to ${question}`);
    return { name: question };
  }
  if (min === undefined) return command.error(`error: ${question} needs --min VERSION, e.g. --min 2`);
  return { name: question, version: min };
}

function exitCodeOf(answer: Check['answer']): ExitCode {
  switch (answer) {
    case 'safe':
      return EXIT.ok;
    case 'blocked':
      return EXIT.blocked;
    case 'unknown':
      return EXIT.unknown;
  }
}

function nonEmpty(text: string): string {
  if (text === '') throw new InvalidArgumentError('Give a name, not nothing.');
  return text;
}

function integer(text: string): number {
  if (!/^-?\d{1,9}$/.test(text)) throw new InvalidArgumentError('Give a whole number, e.g. 2.');
  return Number(text);
}

function positiveInteger(text: string): number {
  const number = integer(text);
  if (number <= 0) throw new InvalidArgumentError('Give a whole number above zero, e.g. 60.');
  return number;
}
