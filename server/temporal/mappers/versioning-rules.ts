import type { temporal } from '@temporalio/proto';
import type { VersioningRules } from '#server/temporal/port.ts';

type Answer = temporal.api.workflowservice.v1.GetWorkerVersioningRulesResponse.$Properties;

export function toVersioningRules({ assignmentRules, compatibleRedirectRules }: Answer): VersioningRules {
  return { assignment: assignmentRules?.length ?? 0, redirect: compatibleRedirectRules?.length ?? 0 };
}
