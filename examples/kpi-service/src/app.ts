import { OpenAPIHono } from '@hono/zod-openapi';
import { requestId } from 'hono/request-id';
import { matchedRoutes } from 'hono/route';
import { secureHeaders } from 'hono/secure-headers';
import type { ZodError } from 'zod';
import { authenticate } from './access/authenticate.ts';
import { Refusal } from './refusal.ts';
import { refusalOf } from './refusal-of-error.ts';
import { addHealthRoutes } from './routes/health-routes.ts';
import { addMetricRoutes } from './routes/metric-routes.ts';
import { addValuesRoutes } from './routes/values-route.ts';
import type { ServiceEnv } from './service-env.ts';
import type { ServiceParts } from './service-parts.ts';

const info = {
  title: 'KPIs of a marketplace',
  version: '1',
  description: 'Metrics of one merchant: of the one whose token is sent.',
};

/** The service as a function from a request to an answer, which Node and Lambda run alike. */
export function createApp(parts: ServiceParts): OpenAPIHono<ServiceEnv> {
  const app = new OpenAPIHono<ServiceEnv>({
    defaultHook: (result) => {
      if (!result.success) throw invalidParameter(result.error);
    },
  });
  app.use(requestId(), secureHeaders());
  app.use(async (context, next) => {
    const began = parts.now();
    await next();
    const { status } = context.res;
    const scanned = context.get('scanned');
    parts.log({
      level: status >= 500 ? 'error' : 'info',
      event: 'request',
      requestId: context.get('requestId'),
      tenant: context.get('tenant')?.id,
      tokenName: context.get('tokenName'),
      method: context.req.method,
      route: matchedRoutes(context).find(({ method }) => method !== 'ALL')?.path ?? 'none',
      status,
      code: context.get('code'),
      milliseconds: parts.now() - began,
      mostBytes: scanned?.mostBytes,
      charged: scanned?.charged,
      cached: context.get('cached'),
    });
  });
  app.use(async (context, next) => {
    if (context.req.method !== 'GET' && context.req.method !== 'HEAD')
      throw new Refusal(405, 'METHOD_NOT_ALLOWED', 'Everything here is read with GET.', {
        headers: { Allow: 'GET, HEAD' },
      });
    const length = context.req.header('content-length');
    if (context.req.header('transfer-encoding') !== undefined || (length !== undefined && length !== '0'))
      throw new Refusal(
        400,
        'BODY_NOT_ALLOWED',
        'A request has no body here: parameters are in its address.',
        {
          headers: { Connection: 'close' },
        },
      );
    await next();
  });
  addHealthRoutes(app, parts);
  // Before any parameter is read: who has no token learns nothing.
  app.use('/v1/*', authenticate(parts.access, parts.now));
  app.use('/v1/*', async (context, next) => {
    parts.limits.admitRequest(context.get('tenant'));
    await next();
  });
  addMetricRoutes(app, parts);
  addValuesRoutes(app, parts);
  app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', { type: 'http', scheme: 'bearer' });
  app.doc31('/openapi.json', { openapi: '3.1.0', info });
  app.notFound(() => {
    throw new Refusal(
      404,
      'NOT_FOUND',
      'There is no such route. GET /openapi.json describes those there are.',
    );
  });
  app.onError((error, context) => {
    const refusal = refusalOf(error, parts.now());
    context.set('code', refusal.code);
    if (refusal.status >= 500)
      parts.log({
        level: 'error',
        event: 'refused',
        requestId: context.get('requestId'),
        problem: problemOf(refusal.cause ?? error),
      });
    const challenge =
      refusal.status === 401
        ? { 'WWW-Authenticate': refusal.code === 'TOKEN_MISSING' ? 'Bearer' : 'Bearer error="invalid_token"' }
        : {};
    return context.json(refusal.body, refusal.status, {
      'Cache-Control': 'no-store',
      Vary: 'Authorization',
      ...challenge,
      ...refusal.headers,
    });
  });
  return app;
}

/** The code of an error, or its class: its message may have values. */
const problemOf = (error: unknown): string =>
  error instanceof Error ? ('code' in error ? String(error.code) : error.name) : typeof error;

/** The first thing that is wrong with the parameters of a request. */
function invalidParameter({ issues }: ZodError): Refusal {
  const [issue] = issues;
  const field = issue?.code === 'unrecognized_keys' ? issue.keys[0] : issue?.path.map(String).join('.');
  const message = issue?.code === 'unrecognized_keys' ? 'there is no such parameter' : wordsOf(issue);
  return new Refusal(400, 'PARAMETER_INVALID', message, field === '' ? {} : { field });
}

/** The words of an issue. Where a parameter takes one value or a list, they are those of the single value. */
const wordsOf = (issue: ZodError['issues'][number] | undefined): string =>
  (issue?.code === 'invalid_union' ? issue.errors[0]?.[0]?.message : issue?.message) ?? 'is wrong';
