import { patched, proxyActivities } from '@temporalio/workflow';
import type { GuideActivities } from '#server/cli/demo/activities.ts';
import { waitForSignal } from './wait-for-signal.ts';

const { pre_patch_activity, post_patch_activity } = proxyActivities<GuideActivities>({
  scheduleToCloseTimeout: '5 minutes',
});

/** Stage 2: new code beside the old; new runs record a live marker. */
export async function MyWorkflow(): Promise<void> {
  if (patched('my-patch')) {
    await post_patch_activity();
  } else {
    await pre_patch_activity();
  }
  await waitForSignal('finish');
}
