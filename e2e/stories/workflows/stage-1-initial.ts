/** Stage 1: old code alone. */
import { oldBranch, takeSteps } from './steps.ts';

export async function Order(): Promise<void> {
  const steps = takeSteps();
  if (!(await steps.next())) return;
  oldBranch();
  await steps.untilFinished();
}

export async function Loop(): Promise<void> {
  const steps = takeSteps();
  while (await steps.next()) oldBranch();
}
