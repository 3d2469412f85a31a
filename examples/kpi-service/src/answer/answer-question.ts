import { createHash } from 'node:crypto';
import { type Scanned, timeLimit, withinBudget } from '@headwater/access';
import { answerKey, isAnswerSettled, type QueryOptions } from '@headwater/queries';
import type { Context } from 'hono';
import type { Tenant } from '../access/access-file.ts';
import type { ServiceEnv } from '../service-env.ts';
import type { ServiceParts } from '../service-parts.ts';
import { type AnswerFormat, answerFormats } from './answer-format.ts';
import { byteStream } from './byte-stream.ts';
import { type CollectedBody, collectBody } from './collect-body.ts';
import { entityTag, isKnown } from './entity-tag.ts';

/** A question of one tenant: how it compiles, for its key and its estimate, and how it is answered. */
export interface Question {
  readonly query: Parameters<typeof withinBudget>[0]['query'];
  /** The body, in parts as they are made. */
  body(options: QueryOptions): AsyncGenerator<Uint8Array, void, undefined>;
  readonly format: AnswerFormat;
}

/** Larger bodies are streams, and are not kept. */
const mostPrepared = 1_000_000;

/**
 * Answers a question, and holds what holds for each: the entity tag before anything runs, a prepared answer of this tenant or the run of
 * an equal question, its turn among tenants, the scan budget before anything runs, a time limit, and headers by which no shared
 * cache keeps it.
 */
export async function answerQuestion(
  context: Context<ServiceEnv>,
  parts: ServiceParts,
  question: Question,
): Promise<Response> {
  const tenant = context.get('tenant');
  const { format } = question;
  const key = await answerKey(parts.lake, question.query);
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

  const limit = timeLimit(parts.timeoutSeconds, context.req.raw.signal);
  const name = questionName(context.req.raw.url, format);
  const asked: Asked = { tenant, question, name, key, signal: limit.signal, note: noteTo(context) };
  try {
    if (key === undefined) return context.body(await bodyOf(await begin(asked, parts)), 200, typed);
    const prepared = parts.answers.get(tenant.id, name, key);
    context.set('cached', prepared !== undefined);
    if (prepared) return context.body(prepared, 200, typed);
    const shared = await parts.runs.run(`${tenant.id} ${key} ${format}`, limit.signal, () =>
      begin(asked, parts),
    );
    // A body that is larger than what is collected is a stream, which has one reader.
    const isMine = shared.isOwn || shared.outcome.whole !== undefined;
    const collected = isMine ? shared.outcome : await begin(asked, parts);
    return context.body(await bodyOf(collected), 200, typed);
  } catch (error) {
    throw limit.explain(error);
  }

  async function bodyOf({ whole, parts: stream }: CollectedBody) {
    if (whole) return whole;
    const requestId = context.get('requestId');
    const onError = (error: unknown): void => {
      const problem = nameOf(limit.explain(error));
      parts.log({ level: 'error', event: 'stream failed', requestId, tenant: tenant.id, problem });
    };
    return byteStream(stream, { signal: limit.signal, onError });
  }
}

interface Asked {
  readonly tenant: Tenant;
  readonly question: Question;
  readonly name: string;
  readonly key: string | undefined;
  readonly signal: AbortSignal;
  note(scanned: Scanned): void;
}

/** Asks the engine when it is the tenant's turn, and keeps the answer when it may be kept. */
async function begin(asked: Asked, { lake, limits, answers }: ServiceParts): Promise<CollectedBody> {
  const { tenant, question, name, key, signal } = asked;
  const { query } = question;
  const isSettled = async (): Promise<boolean> =>
    key !== undefined && isAnswerSettled(lake, query, key).catch(() => false);
  const budget = limits.budgetOf(tenant);
  const free = await limits.takeTurn(tenant, signal);
  let isReused = false;
  const onScanned = (scanned: Scanned): void => {
    ({ isReused } = scanned);
    asked.note(scanned);
  };
  const made = freeing(
    withinBudget({ lake, query, budget, signal, onScanned }, (options) => question.body(options)),
    free,
  );
  const wasSettled = await isSettled();
  const collected = await collectBody(made, mostPrepared);
  if (collected.whole && key !== undefined && wasSettled && !isReused && (await isSettled()))
    answers.set(tenant.id, name, { key, body: collected.whole });
  return collected;
}

/** Frees a slot when a body ends or is left. Its first part has to be asked for. */
async function* freeing<Part>(
  made: AsyncGenerator<Part, void, undefined>,
  free: () => void,
): AsyncGenerator<Part, void, undefined> {
  try {
    yield* made;
  } finally {
    free();
  }
}

/** A short name of what is asked, and in which form. Two spellings of a question may have two. */
function questionName(url: string, format: AnswerFormat): string {
  const { pathname, search } = new URL(url);
  return createHash('sha256').update(`${format} ${pathname}${search}`).digest('base64url');
}

const noteTo =
  (context: Context<ServiceEnv>) =>
  ({ estimate, charged }: Scanned): void => {
    context.set('scanned', { mostBytes: estimate.bytes, charged: charged.bytes });
  };

const nameOf = (error: unknown): string =>
  error instanceof Error ? ('code' in error ? String(error.code) : error.name) : typeof error;
