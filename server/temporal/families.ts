import type { ApiFamilies } from '#server/temporal/port.ts';

export type Family = keyof ApiFamilies;

/** Each family's switch in the Temporal server's dynamic configuration, and since when its calls exist. */
export const FAMILY_SETTINGS: Readonly<Record<Family, { readonly setting: string; readonly since: string }>> = {
  versionSets: { setting: 'frontend.workerVersioningDataAPIs', since: '1.21' },
  rules: { setting: 'frontend.workerVersioningRuleAPIs', since: '1.24' },
  deployments: { setting: 'system.enableDeploymentVersions', since: '1.27' },
};
