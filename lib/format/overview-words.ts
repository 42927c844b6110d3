import type { PatchKind } from '#lib/domain/patches/types.ts';
import type { QuestionName } from '#lib/domain/verdict/question.ts';
import type { Stage } from '#lib/domain/verdict/stage.ts';
import type { VerdictAnswer } from '#lib/domain/verdict/types.ts';
import { formatCount } from '#lib/format/count.ts';
import { type OpeningWords, stepsWords } from '#lib/format/patch-words.ts';

interface PatchFacts {
  readonly kind: PatchKind;
  readonly stage: Stage;
  readonly answers: readonly { readonly question: QuestionName; readonly answer: VerdictAnswer }[];
}

interface QueueFacts {
  readonly openRuns: number | null;
}

/** The overview's sentence. `isRead`: a whole listing has ended, so that 0 means none. */
export function overviewOpening(
  patches: readonly PatchFacts[],
  queues: readonly QueueFacts[],
  isRead: boolean,
): OpeningWords {
  if (!isRead) return { meaning: 'unknown', words: 'The first reading of open runs is under way.' };
  const runs = queues.reduce((sum, queue) => sum + (queue.openRuns ?? 0), 0);
  const busy = queues.filter((queue) => (queue.openRuns ?? 0) > 0).length;
  const where =
    runs === 0 ? 'No run is open' : `${formatCount(runs, 'open run')} on ${formatCount(busy, 'task queue')}`;
  if (patches.length === 0) return { meaning: null, words: `${where}; none carries a patch.` };
  const { meaning, words } = stepsWords(patches);
  return { meaning, words: `${where}; ${words}.` };
}
