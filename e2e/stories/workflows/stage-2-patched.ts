/** Stage 2: old and new code side by side. */
import { patched } from '@temporalio/workflow';
import { newBranch, oldBranch, takeSteps } from './steps.ts';

export async function Order(): Promise<void> {
  const steps = takeSteps();
  if (!(await steps.next())) return;
  if (patched('my-patch')) newBranch();
  else oldBranch();
  await steps.untilFinished();
}

export async function Loop(): Promise<void> {
  const steps = takeSteps();
  while (await steps.next()) {
    if (patched('my-patch')) newBranch();
    else oldBranch();
  }
}
