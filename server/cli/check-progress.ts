import type { Progress } from '#lib/api/verdict/schemas.ts';
import { escapeText } from '#lib/format/escape-text.ts';
import { progressWords } from '#lib/format/verdict-words.ts';
import type { CliDeps } from '#server/cli/command.ts';

/** How often a reader is told that something goes on. */
const SPEAK_EVERY_MS = 2_000;

/** Says on standard error where a gathering stands, every few seconds. Dispose it when the answer is there. */
export function tellCheckProgress(deps: Pick<CliDeps, 'writeError'>): Disposable & {
  readonly tell: (namespace: string, progress: Progress) => void;
} {
  let newest: { readonly namespace: string; readonly progress: Progress } | null = null;
  const timer = setInterval(() => {
    if (newest !== null) {
      deps.writeError(`${escapeText(newest.namespace)}: ${progressWords(newest.progress)}.\n`);
    }
  }, SPEAK_EVERY_MS);
  return {
    tell: (namespace, progress) => {
      newest = { namespace, progress };
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
