import { z } from 'zod';
import type { CleaningStep } from '../clean/cleaning-step.ts';

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
  /** Other names that source files use for this column. Matched without regard to case. */
  readonly aliases?: readonly string[];
  /** The name under which earlier files of this lake hold the column. */
  readonly renamedFrom?: string;
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
