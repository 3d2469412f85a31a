import { z } from 'zod';
import type { CleaningStep } from './cleaning-step.ts';

/**
 * How sensitive a column's values are.
 *
 * - `none`: not about a person.
 * - `pseudonymous`: identifies a person only with other data (a user id, a session id).
 * - `direct`: identifies a person by itself (an e-mail address).
 */
export type PiiClass = 'none' | 'pseudonymous' | 'direct';

/** What the lake needs to know of a column beyond its zod type. */
export interface ColumnMetadata {
  /** One sentence for people: shown in the data dictionary and as the column's comment. */
  readonly description?: string;
  /** Unit of the values, such as `EUR`. */
  readonly unit?: string;
  /** Sensitivity; `none` when not given. */
  readonly pii?: PiiClass;
  /** Other names that source files use for this column. Case does not matter, but in JSON, where a member's name is exact. */
  readonly aliases?: readonly string[];
  /** The name, or the names, under which earlier files of this lake hold the column. Never taken off while there are such files. */
  readonly renamedFrom?: string | readonly string[];
  /**
   * What the column is in files that were written before it was there, and where they hold null: a value of the
   * column's own type, a timestamp as ISO 8601 text. For required columns only: in one that may be null, an old row could not be told from a new one.
   * Raw text that is empty is another matter: see `defaultText`.
   */
  readonly default?: string | number | bigint | boolean;
  /**
   * Cleaning before the value is parsed. `[trim(), emptyToNull()]` when not given. What the zod type
   * itself says (enum values, minimum, maximum, pattern, length) is always checked and is not repeated here.
   */
  readonly clean?: readonly CleaningStep[];
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
