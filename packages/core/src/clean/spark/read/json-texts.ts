import type { FileSchema } from '../../../table/file-schema.ts';
import { readsPaths } from '../../../table/nested-path.ts';
import type { Column } from '../../../table/table-schema.ts';
import type { Layer } from '../spark-layers.ts';
import { isNested, unmarkedJson } from './marked-json.ts';
import { jsonNumberText, plainDigits } from './number-text.ts';

/** The values of columns whose text is not what follows the mark: which they are, and how they are written. */
interface Rewriting {
  /** SQL for whether a marked value is one; cheap, and false for most. */
  isRewritten(value: string): string;
  /** SQL for its text. */
  write(value: string): string;
}

const isNumber = (value: string): string => `startswith(${value}, 'n')`;
const hasExponent = (value: string): string => `(contains(${value}, 'e') OR contains(${value}, 'E'))`;
const digits = (value: string): string => `substr(${value}, 2)`;

/** A number of a decimal in plain digits; of other columns as DuckDB's JSON reader gives it. A nested value is its JSON text. */
const rewritings = {
  decimal: {
    isRewritten: (value) => `(${isNumber(value)} AND ${hasExponent(value)})`,
    write: (value) => plainDigits(digits(value)),
  },
  other: {
    isRewritten: (value) =>
      `(${isNumber(value)} AND (contains(${value}, '.') OR ${hasExponent(value)} OR ${value} = 'n-0'))`,
    write: (value) => jsonNumberText(digits(value)),
  },
} satisfies Readonly<Record<string, Rewriting>>;

/**
 * How the values of a column are rewritten; undefined for none. A column of a nested record keeps the digits of every number, and a nested
 * value in it is rejected, as one in a text column is.
 */
function rewritingOf(file: FileSchema, { type }: Column): keyof typeof rewritings | undefined {
  if (type.kind === 'decimal') return 'decimal';
  return type.kind === 'string' || readsPaths(file) ? undefined : 'other';
}

/**
 * Plans the texts of marked values. Those of most rows follow the mark. The others are written by one expression for all columns of a
 * kind: one for each column would take Spark long to compile.
 *
 * @param markedOf the name of a column's marked value, by its place; undefined where it has none
 * @returns a layer to compute first, and SQL for the text of a column
 */
export function jsonTexts(
  file: FileSchema,
  markedOf: (index: number) => string | undefined,
): { readonly layer: Layer; readonly textOf: (index: number) => string | undefined } {
  const keepsNested = !readsPaths(file);
  const isRewritten = (kind: keyof typeof rewritings, value: string): string =>
    keepsNested
      ? `(${rewritings[kind].isRewritten(value)} OR ${isNested(value)})`
      : rewritings[kind].isRewritten(value);
  const written = Object.entries(rewritings).map(([key, { write }]) => {
    const kind = key as keyof typeof rewritings;
    const values = file.columns.flatMap((column, index) => {
      const value = markedOf(index);
      return value !== undefined && rewritingOf(file, column) === kind ? [value] : [];
    });
    const text = keepsNested
      ? `CASE WHEN ${isNested('value')} THEN ${unmarkedJson('value')} ELSE ${write('value')} END`
      : write('value');
    const one = `CASE WHEN ${isRewritten(kind, 'value')} THEN ${text} END`;
    const any = values.map((value) => isRewritten(kind, value)).join(' OR ');
    return {
      kind,
      values,
      name: `${kind}_texts`,
      sql: `CASE WHEN ${any} THEN transform(array(${values.join(', ')}), value -> ${one}) END`,
    };
  });
  return {
    layer: written.filter(({ values }) => values.length > 0),
    textOf(index) {
      const column = file.columns[index];
      const value = markedOf(index);
      if (!column || value === undefined) return undefined;
      const kind = rewritingOf(file, column);
      const all = written.find((one) => one.kind === kind);
      const rewritten =
        kind && all
          ? `WHEN ${isRewritten(kind, value)} THEN get(${all.name}, ${all.values.indexOf(value)})`
          : '';
      return `CASE WHEN startswith(${value}, 's') THEN ${digits(value)} ${rewritten} WHEN ${isNumber(value)} THEN ${digits(value)} ELSE ${value} END`;
    },
  };
}
