import { describeMetric, type Metric } from '@headwater/queries';
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { answerFormat, answerFormats } from '../answer/answer-format.ts';
import { answerQuestion } from '../answer/answer-question.ts';
import { metricQuestion } from '../answer/metric-question.ts';
import { kpis } from '../kpis.ts';
import { events } from '../marketplace.ts';
import { metricParameters } from '../question/metric-parameters.ts';
import { tenantMetric } from '../question/tenant-question.ts';
import { Refusal } from '../refusal.ts';
import type { ServiceEnv } from '../service-env.ts';
import type { ServiceParts } from '../service-parts.ts';
import { errorResponses } from './error-responses.ts';
import { rowSchema } from './row-schema.ts';

const security = [{ bearer: [] }];

/** Adds `GET /v1/metrics`, and a route for each metric, with the parameters that the metric declares. */
export function addMetricRoutes(app: OpenAPIHono<ServiceEnv>, parts: ServiceParts): void {
  addList(app);
  for (const metric of kpis) addMetric(app, parts, metric);
  app.get('/v1/metrics/:name', () => {
    const names = kpis.map(({ name }) => name).join(', ');
    throw new Refusal(404, 'METRIC_UNKNOWN', `There is no such metric. There are ${names}.`, {
      field: 'name',
    });
  });
}

function addMetric(app: OpenAPIHono<ServiceEnv>, parts: ServiceParts, metric: Metric): void {
  const row = rowSchema(metric);
  const answer = {
    type: 'object',
    properties: { rows: { type: 'array', items: row } },
    required: ['rows'],
    additionalProperties: false,
  };
  const route = createRoute({
    method: 'get',
    path: `/v1/metrics/${metric.name}`,
    operationId: metric.name,
    tags: ['metrics'],
    summary: metric.name,
    description: `${metric.definition} ${metric.nullSessions}`,
    security,
    request: { query: metricParameters(metric) },
    responses: {
      200: {
        description: 'The answer; `ETag` stays as long as it does',
        content: {
          [answerFormats.json]: { schema: answer as object },
          [answerFormats.lines]: { schema: row as object },
          [answerFormats.arrow]: { schema: { type: 'string', format: 'binary' } as object },
        },
      },
      304: { description: 'The answer is that of the ETag in `If-None-Match`' },
      ...errorResponses,
    },
  });
  app.openapi(route, async (context) => {
    const format = answerFormat(context.req.header('accept'));
    const query = tenantMetric(parts.lake, context.get('tenant'), metric, context.req.valid('query'));
    return answerQuestion(context, parts, metricQuestion(parts, query, format));
  });
}

const metricList = z.object({
  metrics: z.array(
    z.object({
      name: z.string(),
      href: z.string(),
      definition: z.string().describe('Exact enough to compute it by hand'),
      nullSessions: z.string().describe('What happens to events without a session'),
      breakdowns: z.array(z.object({ name: z.string(), description: z.string() })).readonly(),
      parameters: z.array(z.object({ name: z.string() })).readonly(),
    }),
  ),
});

function addList(app: OpenAPIHono<ServiceEnv>): void {
  const metrics = kpis.map((metric) => {
    const { name, definition, nullSessions, breakdowns, parameters } = describeMetric(metric, {
      schema: events.schema,
    });
    return { name, href: `/v1/metrics/${name}`, definition, nullSessions, breakdowns, parameters };
  });
  const route = createRoute({
    method: 'get',
    path: '/v1/metrics',
    operationId: 'metrics',
    tags: ['metrics'],
    summary: 'Which metrics there are, and what each means',
    security,
    request: { query: z.strictObject({}) },
    responses: {
      200: {
        description: 'The metrics',
        content: { 'application/json': { schema: metricList } },
      },
      ...errorResponses,
    },
  });
  const headers = { 'Cache-Control': 'private, no-cache', Vary: 'Authorization' };
  app.openapi(route, (context) => context.json({ metrics }, 200, headers));
}
