/** The release, as manifests and published tables store it. */
export const headwaterVersion = '0.1.0';
