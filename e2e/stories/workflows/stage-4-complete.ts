/** Stage 4: no call is left. */
import { newBranch, takeSteps } from './steps.ts';

export async function Order(): Promise<void> {
  const steps = takeSteps();
  if (!(await steps.next())) return;
  newBranch();
  await steps.untilFinished();
}

export async function Loop(): Promise<void> {
  const steps = takeSteps();
  while (await steps.next()) newBranch();
}
