// The service on Node. SIGTERM and SIGINT end it: running requests are answered, for KPI_SHUTDOWN seconds at most.
import { accessFromFile } from './access/access-source.ts';
import { openEngine } from './open-engine.ts';
import { serveService } from './serve-service.ts';
import { createService } from './service.ts';
import { readSettings, serviceSettings } from './settings.ts';

const settings = readSettings(process.env);
const access = accessFromFile(settings.KPI_ACCESS);
// Fails at the start, not at the first request.
await access();
const service = createService({
  engine: await openEngine(settings),
  access,
  ...serviceSettings(settings),
});
const { KPI_HOST: host, KPI_PORT: port, KPI_SHUTDOWN: shutdownSeconds } = settings;
const listening = await serveService(service, { host, port, shutdownSeconds });
service.log({ level: 'info', event: `listening on ${host}:${listening.port}` });
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => void listening.stop());
