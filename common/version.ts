import manifest from '../package.json' with { type: 'json' };

/** The version of this usher, the same for all processes of a fleet unless somebody changed it under way. */
export const usherVersion = manifest.version;
