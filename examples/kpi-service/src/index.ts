export { accessFromFile, accessFromText } from './access/access-source.ts';
export { createService, type KpiService, type ServiceConfig } from './service.ts';
