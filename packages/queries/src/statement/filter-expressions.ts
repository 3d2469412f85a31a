import { HeadwaterError, type TableSchema } from '@headwater/core';
import { trinoLiteral } from '../engines/trino/trino-literal.ts';

/** A column that is filtered, with the two values that stand for those of the filter. */
interface FilterColumn {
  readonly column: string;
  readonly values: readonly [unknown, unknown];
}

/** Kinds whose values can stand for others. Those of an enum are all meant. */
const kinds: ReadonlySet<string> = new Set(['string', 'uuid', 'int32', 'int64']);

/** The columns of filters, each with values that no other column has. */
export function filterColumns(
  metric: string,
  { columns }: TableSchema,
  names: readonly string[],
): readonly FilterColumn[] {
  return names.map((name, index): FilterColumn => {
    const kind = columns.find((one) => one.name === name)?.type.kind;
    if (kind === undefined || !kinds.has(kind))
      throw new HeadwaterError('METRIC_PARAMETERS_INVALID', {
        metric,
        problem: `where.${name}: a filter that is filled in later needs a column of texts or whole numbers`,
      });
    const number = -2_147_000_000 - index * 2;
    const values =
      kind === 'string' || kind === 'uuid'
        ? ([`\u{1F516}${index}a`, `\u{1F516}${index}b`] as const)
        : ([number, number - 1] as const);
    return { column: name, values };
  });
}

/**
 * A statement with conditions in place of filters.
 *
 * @param write writes the statement, with each value as the given function has it
 * @throws HeadwaterError `METRIC_PARAMETERS_INVALID` for a filter that the statement does not have
 */
export function withFilters(
  metric: string,
  write: (literal: (value: unknown, position: number) => string) => string,
  filters: readonly FilterColumn[],
  conditions: Readonly<Record<string, (column: string) => string>>,
): string {
  const marks = new Map(
    filters.flatMap(({ values }, index) =>
      values.map((value, at) => [String(value), `@filter ${index} ${at}@`]),
    ),
  );
  const statement = write((value, position) => marks.get(String(value)) ?? trinoLiteral(value, position));
  return filters.reduce((text, { column }, index) => {
    const pattern = new RegExp(
      `((?:"(?:[^"]|"")*"\\.)?"(?:[^"]|"")*") in \\(@filter ${index} 0@, @filter ${index} 1@\\)`,
      'g',
    );
    const condition = conditions[column];
    if (!condition || !pattern.test(text))
      throw new HeadwaterError('METRIC_PARAMETERS_INVALID', {
        metric,
        problem: `where.${column}: the statement does not compare the column with its values`,
      });
    return text.replaceAll(pattern, (_, own: string) => condition(own));
  }, statement);
}
