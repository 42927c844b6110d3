import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TemporalServer } from '#e2e/harness/temporal-server.ts';
import { proveStory } from '#e2e/stories/prove-story.ts';
import { getStoryTools, startStoryServer, STORY_TOOLS_TIMEOUT_MS } from '#e2e/stories/server.ts';
import { STORIES, STORY_SDKS } from '#e2e/stories/stories.ts';

let server: TemporalServer;

beforeAll(async () => {
  await getStoryTools();
  server = await startStoryServer('newest', STORY_SDKS);
}, STORY_TOOLS_TIMEOUT_MS);

afterAll(async () => {
  await server?.[Symbol.asyncDispose]();
});

/** Real workers of each SDK, real runs; at each point of the story the verdict, and the SDK's own replayer over every open run. */
describe.concurrent('real replay', () => {
  it.each(STORY_SDKS)(
    'of %s: safe when every run passes, blocked when a named one fails',
    async (sdk) => {
      const proofs = await proveStory({ sdk, address: server.address, namespace: sdk }, STORIES[sdk]);
      expect(proofs.flatMap(({ point, problems }) => problems.map((problem) => `${point.name}: ${problem}`))).toEqual(
        [],
      );
      const answers = proofs.map(({ verdict }) => verdict.answer);
      expect(answers.filter((answer) => answer === 'safe').length).toBeGreaterThanOrEqual(2);
      expect(proofs.filter(({ named }) => named.length > 0).length).toBeGreaterThanOrEqual(2);
    },
    150_000,
  );
});
