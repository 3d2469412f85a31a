/** The release that manifests and published tables name. */
export const headwaterVersion = '0.1.0';
