/** A value of a result as Athena writes it. */
export type ResultValue = string | null;

/**
 * One line of Athena's result files: every value in quotes, a null as nothing.
 *
 * @example csvLine(['a "b"', null, '']) // '"a ""b""",,""\n'
 */
export function csvLine(values: readonly ResultValue[]): string {
  return `${values.map((value) => (value === null ? '' : `"${value.replaceAll('"', '""')}"`)).join(',')}\n`;
}

/**
 * Parses such lines. The text has to begin and end between lines.
 *
 * @example parseCsv('"a",,""\n') // [['a', null, '']]
 */
export function parseCsv(text: string): ResultValue[][] {
  const rows: ResultValue[][] = [];
  let row: ResultValue[] = [];
  const take = (value: ResultValue, end: string | undefined): void => {
    row.push(value);
    if (end === ',') return;
    rows.push(row);
    row = [];
  };
  for (const { groups } of text.matchAll(/(?:"(?<value>[^"]*(?:""[^"]*)*)")?(?<end>,|\n)/g))
    take(groups?.['value']?.replaceAll('""', '"') ?? null, groups?.['end']);
  return rows;
}
