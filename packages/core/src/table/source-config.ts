import type { z } from 'zod';

type Shape = Readonly<Record<string, z.core.$ZodType>>;
type Name<Columns extends Shape> = keyof Columns & string;
type Texts = string | null | readonly [string | null, ...(string | null)[]];

/** Where a source's rows get their columns from: fields by name, unless one of the two is set. */
type SourceFields<Columns extends Shape> =
  | {
      /**
       * The columns of a line's fields, in order; null for a field that is not read. For CSV files without a header line (with
       * `header: true`, the first line is skipped). A line with fewer fields is `too_few_fields`, one with more
       * `too_many_fields`. Columns that are not listed are null.
       */
      readonly positions: readonly [Name<Columns> | null, ...(Name<Columns> | null)[]];
      readonly columns?: never;
    }
  | {
      readonly positions?: never;
      /**
       * The columns of fields, by the field's name in the file: `{ 'Item ID': 'product' }`. A column named here is read from
       * that field only; the others by their own names and aliases, as without a source.
       */
      readonly columns?: Readonly<Record<string, Name<Columns>>>;
    };

/**
 * One kind of files that a table is loaded from. `headwater etl run --source <name>` and `loadEvents({ source })` choose it.
 *
 * - A constant is a value of the column, as a row has it. It is checked when the table is defined and is not cleaned: codes,
 *   formats and null texts are spellings of files. A field of the file for the column is not read.
 * - `where` compares texts: the text of a column after its text steps (`trim`, `lower-case` and the like) and before it is
 *   parsed, exactly; null is a missing value. Rows that do not meet all conditions are filtered: they are counted, and neither
 *   loaded nor rejected. A line that cannot be split into fields has no texts, and is rejected as without a filter.
 */
export type SourceConfig<Columns extends Shape> = SourceFields<Columns> & {
  /** The value that a column has in every row. */
  readonly constants?: {
    readonly [Column in Name<Columns>]?: Exclude<z.output<Columns[Column]>, null | undefined>;
  };
  /** Only rows whose text of a column is this one, one of these, or not these. */
  readonly where?: { readonly [Column in Name<Columns>]?: Texts | { readonly not: Texts } };
};
