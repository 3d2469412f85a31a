import { dailyVisitors, type QueryOptions } from '@headwater/queries';
import { createRoute, type OpenAPIHono } from '@hono/zod-openapi';
import { z } from 'zod';
import { answerQuestion, type Question } from '../answer/answer-question.ts';
import { metricParameters } from '../question/metric-parameters.ts';
import { type Column, openColumns } from '../question/open-columns.ts';
import { checkRange } from '../question/range-rules.ts';
import { tenantValues } from '../question/tenant-question.ts';
import { valueParameter } from '../question/value-parameter.ts';
import { Refusal } from '../refusal.ts';
import type { ServiceEnv } from '../service-env.ts';
import type { ServiceParts } from '../service-parts.ts';
import { errorResponses } from './error-responses.ts';

/** Adds `GET /v1/values/{column}`, for the choices of a filter: the values that the tenant's own rows have, and no others. */
export function addValuesRoutes(app: OpenAPIHono<ServiceEnv>, parts: ServiceParts): void {
  for (const column of openColumns) addColumn(app, parts, column);
  app.get('/v1/values/:column', () => {
    const names = openColumns.map(({ name }) => name).join(', ');
    throw new Refusal(404, 'COLUMN_UNKNOWN', `There are no values of it. There are values of ${names}.`, {
      field: 'column',
    });
  });
}

// The range is that of every metric.
const { from, to } = metricParameters(dailyVisitors).shape as Record<'from' | 'to', z.ZodType<string>>;

function addColumn(app: OpenAPIHono<ServiceEnv>, parts: ServiceParts, column: Column): void {
  const query = z
    .strictObject({
      from,
      to,
      after: valueParameter(column).optional().describe('Only values after this one'),
      limit: z.coerce.number().int().min(1).max(1000).default(100).describe('How many values'),
    })
    .superRefine(checkRange);
  const answer = z.object({
    values: z.array(z.union([z.string(), z.number(), z.boolean()])),
    /** Whether there are values after the last one. */
    truncated: z.boolean(),
  });
  const route = createRoute({
    method: 'get',
    path: `/v1/values/${column.name}`,
    operationId: `values-${column.name}`,
    tags: ['values'],
    summary: `Values of ${column.name}`,
    description: column.description,
    security: [{ bearer: [] }],
    request: { query },
    responses: {
      200: { description: 'The values, in order', content: { 'application/json': { schema: answer } } },
      304: { description: 'The values are those of the ETag in `If-None-Match`' },
      ...errorResponses,
    },
  });
  app.openapi(route, async (context) => {
    const asked = context.req.valid('query');
    const select = (maxScan?: QueryOptions['maxScan']) =>
      tenantValues(parts.lake, context.get('tenant'), column, { ...asked, maxScan });
    const question: Question = {
      query: select().compile(),
      format: 'json',
      async *body({ signal, maxScan }) {
        const rows = await select(maxScan).execute(signal ? { signal } : {});
        const values = rows
          .slice(0, asked.limit)
          .map((row) => jsonValue(row[column.name as keyof typeof row]));
        yield encoder.encode(JSON.stringify({ values, truncated: rows.length > asked.limit }));
      },
    };
    return (await answerQuestion(context, parts, question)) as never;
  });
}

const encoder = new TextEncoder();

/** Whole numbers of 64 bits are text in JSON. */
const jsonValue = (value: unknown): unknown => (typeof value === 'bigint' ? String(value) : value);
