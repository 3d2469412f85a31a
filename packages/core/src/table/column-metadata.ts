import * as z from 'zod';
import type { NumberFormat } from './number-format.ts';
import type { TextStep } from './text-step.ts';

/**
 * How sensitive a column's values are.
 *
 * - `none`: not about a person.
 * - `pseudonymous`: identifies a person only with other data (a user id, a session id).
 * - `direct`: identifies a person by itself (an e-mail address).
 */
export type PiiClass = 'none' | 'pseudonymous' | 'direct';

/** Every PII class, the least sensitive one first. */
export const piiClasses = ['none', 'pseudonymous', 'direct'] as const satisfies readonly PiiClass[];

/** Metadata of a column that zod has no place for. */
export interface ColumnMetadata {
  /** One sentence for people: shown in the data dictionary and as the column's comment. */
  readonly description?: string;
  /** Unit of the values, such as `EUR`. */
  readonly unit?: string;
  /** Sensitivity. Defaults to `none`. */
  readonly pii?: PiiClass;
  /**
   * Other names that source files use for this column. Case is ignored, except in JSON files, for which another spelling of the
   * column's own name may be listed.
   */
  readonly aliases?: readonly string[];
  /**
   * Where the value is in a nested record of a JSON Lines or Parquet file: `properties.order.total`, `items[].price` (of the list
   * that `explode` names), `event_params[key=ga_session_id].value.int_value`, `contexts[0].url`, `items[#]` (the number of the
   * element). `parsePath` has the grammar. Such files are then read by the path, else by the aliases, and not by the column's own
   * name. A CSV file has no paths, and is read by names; so is a column of a Parquet file whose types have no such path.
   */
  readonly path?: string;
  /** The former name or names of the column in this lake's files. Keep a name here as long as such files exist. */
  readonly renamedFrom?: string | readonly string[];
  /**
   * The value of a required column in files that were written before the column existed, and where those files hold null. It
   * has the column's own type; a timestamp is ISO 8601 text. An optional column has no default: an old row would look like a
   * new one. For empty raw text, see `defaultText`.
   */
  readonly default?: string | number | bigint | boolean;
  /**
   * Cleaning before the text is parsed. Defaults to `[trim(), emptyToNull()]`. The checks of the zod type itself (enum values,
   * minimum, maximum, pattern, length) always run and are not listed here.
   */
  readonly clean?: readonly TextStep[];
  /**
   * Texts that mean null, such as `['NULL', 'NaN']`. Short for `nullTexts(...)` in `clean`, directly before its first
   * `emptyToNull()` or `defaultText()`.
   */
  readonly nullTexts?: readonly string[];
  /**
   * Values by the codes that source files have for them, such as `{ pv: 'view', buy: 'purchase' }`. Short for
   * `mapTexts(...)` in `clean`, after `nullTexts`. A text that is no code passes as it is.
   */
  readonly map?: Readonly<Record<string, string>>;
  /**
   * What a bad value of an optional column does. By default its row is rejected. With `'null'` the value becomes null, and loads
   * count it: the report, the manifest and `etl run` show the column, the code and a first line. A value of a required column
   * cannot become null.
   */
  readonly invalid?: 'null';
  /** How the numbers are written in source files, such as `{ decimal: ',', group: '.' }`. Defaults to plain digits with a point. */
  readonly numberFormat?: NumberFormat;
  /**
   * The column of a lookup whose value the column has, such as `page.page_name`: the lookup's name in `lookups` of the table, and a
   * column of its table. No field of a file is read for it.
   */
  readonly lookup?: `${string}.${string}`;
}

/**
 * The registry that carries {@link ColumnMetadata} on zod types (https://zod.dev/metadata).
 *
 * @example
 * ```ts
 * z.string().register(lake, { description: 'Brand of the product', aliases: ['brand_name'] })
 * ```
 */
export const lake: z.core.$ZodRegistry<ColumnMetadata> = z.registry<ColumnMetadata>();
