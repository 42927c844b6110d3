/** Stage 3: the old branch is gone, the call stays as `deprecatePatch`. */
import { deprecatePatch } from '@temporalio/workflow';
import { newBranch, takeSteps } from './steps.ts';

export async function Order(): Promise<void> {
  const steps = takeSteps();
  if (!(await steps.next())) return;
  deprecatePatch('my-patch');
  newBranch();
  await steps.untilFinished();
}

export async function Loop(): Promise<void> {
  const steps = takeSteps();
  while (await steps.next()) {
    deprecatePatch('my-patch');
    newBranch();
  }
}
