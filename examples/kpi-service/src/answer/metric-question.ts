import type { QueryOptions } from '@headwater/queries';
import { arrowIpc } from '@headwater/queries/arrow';
import type { KpiQuery } from '../question/tenant-question.ts';
import { Refusal } from '../refusal.ts';
import type { ServiceParts } from '../service-parts.ts';
import { type AnswerFormat, answerFormats } from './answer-format.ts';
import type { Question } from './answer-question.ts';
import { jsonLines } from './byte-stream.ts';

/** The most rows of an answer in one JSON document; the other forms are streams without a maximum. */
const mostRows = 10_000;

/** A metric as a question, in the form that the caller accepts. */
export const metricQuestion = (
  { lake }: Pick<ServiceParts, 'lake'>,
  query: KpiQuery,
  format: AnswerFormat,
): Question => ({
  query,
  format,
  async *body(options) {
    if (format === 'arrow') yield* arrowIpc(lake, query, options);
    else if (format === 'lines') yield* jsonLines(query.stream(options));
    else yield await jsonDocument(query, options);
  },
});

const encoder = new TextEncoder();

/** @throws Refusal 422 `ANSWER_TOO_LARGE` */
async function jsonDocument(query: KpiQuery, options: QueryOptions): Promise<Uint8Array> {
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
  return encoder.encode(JSON.stringify({ rows }));
}
