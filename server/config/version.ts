import manifest from '#package.json' with { type: 'json' };

export const PATCHBOARD_VERSION: string = manifest.version;
