import type { Layer } from './spark-layers.ts';

/** A reason why a text is no value of its column. */
export interface SparkCase {
  /** SQL for whether the text has this fault. NULL counts as no. */
  readonly failed: string;
  /** SQL of the reject code. */
  readonly code: string;
}

/** How Spark reads the text of one column. */
export interface SparkReading {
  /** What to compute before `parsed`. */
  readonly layers?: readonly Layer[];
  /** SQL of the parsed value, for a name of its own. Omitted where the text itself is the value that the cases and checks need. */
  readonly parsed?: string;
  /** The faults of a text that is not null, given the name of the parsed value. The first one counts. */
  cases(parsed: string): readonly SparkCase[];
  /** SQL of the value, given the name of the parsed value of a text without a fault. Omitted where it is that value. */
  value?(parsed: string): string;
}

/**
 * Compiles the reading of a text.
 *
 * @param text SQL of the text after its steps, which may be repeated
 * @param prefix what the names of layers begin with
 */
export type SparkValueReader = (text: string, prefix: string) => SparkReading;
