import { createProcessDeps } from '#server/cli/process-deps.ts';
import { runCommand } from '#server/cli/run-command.ts';

const { deps, finish } = createProcessDeps(process);
await runCommand(process.argv.slice(2), deps);
await finish();
