import type { RawBuilder } from 'kysely';
import type { EngineName } from '../lake/lake-engine.ts';

type Write<Parameters extends readonly unknown[], Result> = (...parameters: Parameters) => RawBuilder<Result>;

/** One function, written for every engine. */
export type DialectFunction<Parameters extends readonly unknown[], Result> = {
  readonly [Engine in EngineName]: Write<Parameters, Result>;
};

/** What a function answers for: a new engine does not compile until each function does. Athena may leave it to Trino. */
type Answers<Parameters extends readonly unknown[], Result> = {
  readonly [Engine in Exclude<EngineName, 'athena'>]: Write<Parameters, Result>;
} & { readonly athena?: Write<Parameters, Result> };

/**
 * Declares a function that engines write differently. Athena is Trino
 * (https://docs.aws.amazon.com/athena/latest/ug/functions.html), so it writes what Trino writes unless told otherwise.
 *
 * @example see `functions/weekday.ts`
 */
export function dialectFunction<Parameters extends readonly unknown[], Result>(
  answers: Answers<Parameters, Result>,
): DialectFunction<Parameters, Result> {
  return { athena: answers.trino, ...answers };
}
