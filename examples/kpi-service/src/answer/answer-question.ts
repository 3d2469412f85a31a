import { answerKey, estimateScan } from '@headwater/queries';
import { arrowIpc } from '@headwater/queries/arrow';
import type { Context } from 'hono';
import { type AskingTenant, asking } from '../asking-tenant.ts';
import type { KpiQuery } from '../question/tenant-question.ts';
import { Refusal } from '../refusal.ts';
import type { ServiceEnv } from '../service-env.ts';
import type { ServiceParts } from '../service-parts.ts';
import { type AnswerFormat, answerFormats } from './answer-format.ts';
import { type ByteStreamOptions, byteStream, jsonLines } from './byte-stream.ts';
import { entityTag, isKnown } from './entity-tag.ts';

/** The most rows of an answer in one JSON document; the other forms are streams without a maximum. */
export const mostRows = 10_000;

/** A question of one tenant: how it compiles, for its key and its estimate, and how it is answered. */
export interface Question {
  readonly query: Parameters<typeof answerKey>[1];
  answer(options: ByteStreamOptions): Promise<string | ReadableStream<Uint8Array>>;
  readonly format: AnswerFormat;
}

/**
 * Answers a question, and holds what holds for each: the entity tag before anything runs, the scan budget before anything runs, a time
 * limit, the tenant as the owner of cached answers, and headers by which no shared cache keeps it.
 */
export async function answerQuestion(
  context: Context<ServiceEnv>,
  { lake, limits, log, timeoutSeconds }: ServiceParts,
  { query, answer, format }: Question,
): Promise<Response> {
  const tenant = context.get('tenant');
  const key = await answerKey(lake, query);
  const tag = key === undefined ? undefined : entityTag({ tenant: tenant.id, key, format });
  const headers = {
    'Cache-Control': 'private, no-cache',
    Vary: 'Authorization, Accept',
    ...(tag === undefined ? {} : { ETag: tag }),
  };
  if (tag !== undefined && isKnown(context.req.header('if-none-match'), tag))
    return context.body(null, 304, headers);
  const typed = { ...headers, 'Content-Type': answerFormats[format] };
  // Nothing runs for a body that nobody reads.
  if (context.req.method === 'HEAD') return context.body(null, 200, typed);

  const { mostBytes } = await estimateScan(lake, query);
  limits.admitScan(tenant, mostBytes);
  const state: AskingTenant = { tenant: tenant.id, cached: false, mostBytes };
  context.set('asking', state);
  const signal = AbortSignal.any([
    context.req.raw.signal,
    AbortSignal.timeout(Math.ceil(timeoutSeconds * 1000)),
  ]);
  const requestId = context.get('requestId');
  const tell = (error: unknown): void =>
    log({ level: 'error', event: 'stream failed', requestId, tenant: tenant.id, problem: nameOf(error) });
  const body = await asking.run(state, () => answer({ signal, onError: tell }));
  if (state.cached) limits.returnScan(tenant, mostBytes);
  return context.body(body, 200, typed);
}

const nameOf = (error: unknown): string =>
  error instanceof Error ? ('code' in error ? String(error.code) : error.name) : typeof error;

/** A metric as a question, in the form that the caller accepts. */
export const metricQuestion = ({ lake }: ServiceParts, query: KpiQuery, format: AnswerFormat): Question => ({
  query,
  format,
  async answer(options) {
    if (format === 'arrow') return byteStream(arrowIpc(lake, query, options), options);
    if (format === 'lines') return byteStream(jsonLines(query.stream(options)), options);
    const rows: object[] = [];
    for await (const row of query.stream(options)) {
      if (rows.length === mostRows)
        throw new Refusal(
          422,
          'ANSWER_TOO_LARGE',
          `The answer has more than ${mostRows} rows. Accept ${answerFormats.lines} or ${answerFormats.arrow}, which are streams.`,
          { field: 'Accept' },
        );
      rows.push(row);
    }
    return JSON.stringify({ rows });
  },
});
