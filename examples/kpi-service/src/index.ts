export { accessFromFile, accessFromText } from './access/access-source.ts';
export { newToken, tokenHash } from './access/token.ts';
export { createService, type KpiService, type ServiceConfig } from './service.ts';
