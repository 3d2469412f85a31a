import type { RawBuilder } from 'kysely';
import type { EngineName } from '../lake/lake-engine.ts';

/** One function, written for every engine: a new engine does not compile until each function answers. */
export type DialectFunction<Parameters extends readonly unknown[], Result> = {
  readonly [Engine in EngineName]: (...parameters: Parameters) => RawBuilder<Result>;
};
