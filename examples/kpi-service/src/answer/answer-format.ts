import { parseAccept } from 'hono/utils/accept';
import { Refusal } from '../refusal.ts';

/** The forms of an answer, the first by default. */
export const answerFormats = {
  json: 'application/json',
  lines: 'application/x-ndjson',
  arrow: 'application/vnd.apache.arrow.stream',
} as const;

export type AnswerFormat = keyof typeof answerFormats;

/**
 * The form that the `Accept` header prefers (https://www.rfc-editor.org/rfc/rfc9110#name-accept).
 *
 * @throws Refusal 406 `NOT_ACCEPTABLE`
 */
export function answerFormat(accept: string | undefined): AnswerFormat {
  const formats = Object.entries(answerFormats) as [AnswerFormat, string][];
  const asked = parseAccept(accept ?? '*/*').toSorted((one, other) => other.q - one.q);
  for (const { type, q } of asked) {
    const found = formats.find(([, media]) => q > 0 && matches(type, media));
    if (found) return found[0];
  }
  const known = Object.values(answerFormats).join(', ');
  throw new Refusal(406, 'NOT_ACCEPTABLE', `Accept one of ${known}.`, { field: 'Accept' });
}

const matches = (range: string, media: string): boolean =>
  range === '*/*' || range.toLowerCase() === media || range === `${media.split('/')[0]}/*`;
