import { answerKey } from '@headwater/queries';
import type { OpenAPIHono } from '@hono/zod-openapi';
import { tenantColumn } from '../marketplace.ts';
import type { ServiceEnv } from '../service-env.ts';
import type { ServiceParts } from '../service-parts.ts';

/** Adds `GET /health`, whether the process lives, and `GET /ready`, whether it can answer: the lake and the access list are readable. */
export function addHealthRoutes(app: OpenAPIHono<ServiceEnv>, parts: ServiceParts): void {
  const headers = { 'Cache-Control': 'no-store' };
  app.get('/health', (context) => context.json({ status: 'ok' }, 200, headers));
  app.get('/ready', async (context) => {
    const isReady = !parts.isEnding() && (await canAnswer(parts));
    return context.json({ status: isReady ? 'ready' : 'not ready' }, isReady ? 200 : 503, headers);
  });
}

/** Reads the last manifest, and nothing of the data. */
async function canAnswer({ lake, access }: ServiceParts): Promise<boolean> {
  const day = lake.events.between('2000-01-01', '2000-01-01').select(tenantColumn);
  return Promise.all([answerKey(lake, day), access()]).then(
    () => true,
    () => false,
  );
}
