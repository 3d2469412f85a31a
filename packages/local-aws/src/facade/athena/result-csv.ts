/** A value of a result as Athena writes it; null where there is none. */
export type ResultValue = string | null;

/**
 * One line of Athena's result files: every value in quotes, a missing one empty without.
 *
 * @example csvLine(['a "b"', null, '']) // '"a ""b""",,""\n'
 */
export function csvLine(values: readonly ResultValue[]): string {
  return `${values.map((value) => (value === null ? '' : `"${value.replaceAll('"', '""')}"`)).join(',')}\n`;
}

/**
 * Reads such lines back, from text that begins and ends between lines.
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
