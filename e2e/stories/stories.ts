import type { StorySdk } from '#e2e/harness/story-worker.ts';
import { PYTHON_STORY, TYPESCRIPT_STORY } from '#e2e/stories/core-story.ts';
import { GO_STORY } from '#e2e/stories/go-story.ts';
import type { Story } from '#e2e/stories/point.ts';

export const STORIES: Readonly<Record<StorySdk, Story>> = {
  python: PYTHON_STORY,
  typescript: TYPESCRIPT_STORY,
  go: GO_STORY,
};

export const STORY_SDKS = ['python', 'typescript', 'go'] as const satisfies readonly StorySdk[];
