export { cacheFolder } from './cache-folder.ts';
export { clientEnvironment } from './running/client-environment.ts';
export { type Endpoints, findEndpoints, silentParts } from './running/endpoints.ts';
