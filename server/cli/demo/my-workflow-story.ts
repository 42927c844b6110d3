import { guideActivities } from '#server/cli/demo/activities.ts';
import { startOpenRuns } from '#server/cli/demo/open-runs.ts';
import type { Stage } from '#server/cli/demo/story-stage.ts';

export const MY_WORKFLOW_QUEUE = 'my-workflow';

/** The guide's stages, in order: build ID of the stage's worker, and the open runs that only it has worked on. */
const STAGES = [
  { source: 'initial', buildId: 'stage-1-initial', runs: ['stage-1-a', 'stage-1-b'] },
  { source: 'patched', buildId: 'stage-2-patched', runs: ['stage-2-a', 'stage-2-b', 'stage-2-c'] },
  { source: 'deprecated', buildId: 'stage-3-deprecated', runs: ['stage-3-a', 'stage-3-b'] },
  { source: 'complete', buildId: 'stage-4-complete', runs: ['stage-4-a'] },
] as const;

/**
 * MyWorkflow through the guide's four stages. Each stage's worker polls alone until its runs wait, and goes before the next
 * comes: two stages polling together would share the tasks at random. At the end the last two poll, as in a rolling deploy.
 */
export async function playMyWorkflow(stage: Stage): Promise<void> {
  const { client, signal } = stage;
  const runs = { client, taskQueue: MY_WORKFLOW_QUEUE, workflowType: 'MyWorkflow', takesId: false, signal };
  const hire = ({ source, buildId }: (typeof STAGES)[number]) =>
    stage.hire({
      taskQueue: MY_WORKFLOW_QUEUE,
      buildId,
      isVersioned: false,
      bundle: stage.bundles[source],
      activities: guideActivities,
    });
  for (const chapter of STAGES) {
    const worker = await hire(chapter);
    await startOpenRuns({ ...runs, buildId: chapter.buildId }, chapter.runs);
    await worker.stop();
  }
  await Promise.all(STAGES.slice(-2).map(hire));
}
