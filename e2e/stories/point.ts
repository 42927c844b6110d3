import type { StoryRig } from '#e2e/stories/rig.ts';
import type { FactClaim } from '#lib/domain/verdict/declared-facts.ts';
import type { PatchQuestion } from '#lib/domain/verdict/question.ts';
import type { VerdictAnswer } from '#lib/domain/verdict/types.ts';

/** A moment of a story at which somebody asks whether code may go, with what is true then. */
export interface StoryPoint {
  /** For the figures, e.g. `deprecate while old runs wait`. */
  readonly name: string;
  readonly workflowType: string;
  readonly patchId: string;
  readonly question: PatchQuestion;
  /** The code that the change would bring. */
  readonly changed: string;
  /** null: the story does not foretell it. */
  readonly expected: VerdictAnswer | null;
  /** Open runs of the type that the changed code cannot replay; every other one it can. null: the story does not foretell it. */
  readonly breaks: readonly string[] | null;
}

export interface Story {
  /** What nobody can see from Temporal, and is true of the story. */
  readonly facts: readonly FactClaim[];
  /** Plays on when the next point is asked for. */
  readonly play: (rig: StoryRig) => AsyncGenerator<StoryPoint, void, void>;
}
