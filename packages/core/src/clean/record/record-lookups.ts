import { HeadwaterError } from '../../errors/headwater-error.ts';
import { exactText } from '../../table/default-value.ts';
import { assertLookups, lookupFileSchema } from '../../table/lookup-file.ts';
import type { LookupRule } from '../../table/lookup-rule.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { type RejectReason, rejectCodes } from '../reject-code.ts';
import type { CleanValue } from './value-parser.ts';

/** A row of a lookup: clean values by the columns of its table. */
export type LookupRow = Readonly<Record<string, CleanValue>>;

/**
 * The rows of a lookup: raw records, which are cleaned by its definition, or clean rows by the text of their key (`'7'` for 7 and
 * 7n). A map is read at each record, so that a service may keep it up to date.
 */
export type LookupRows =
  | Iterable<Readonly<Record<string, string | null | undefined>>>
  | ReadonlyMap<string, LookupRow>;

/** A lookup with its rows. */
export interface RecordLookup {
  readonly name: string;
  readonly rule: LookupRule;
  /** The text of a column of a row; null for null. */
  textOf(row: LookupRow, column: string): string | null;
  /** The row of a clean key. */
  find(key: CleanValue): LookupRow | undefined;
}

type Cleaner = (
  record: Readonly<Record<string, string | null | undefined>>,
) =>
  | { readonly accepted: true; readonly row: LookupRow }
  | { readonly accepted: false; readonly reasons: readonly RejectReason[] };

/**
 * The lookups of a table with their rows.
 *
 * @param cleanerOf makes the cleaner of a lookup's own rows
 * @throws HeadwaterError `LOOKUP_MISSING`, `OPTION_INVALID`, `LOOKUP_INVALID` for a row that its definition rejects, and for a key that
 *   has two rows where the lookup refuses them
 */
export function recordLookups(
  schema: TableSchema,
  given: Readonly<Record<string, LookupRows>>,
  cleanerOf: (schema: TableSchema) => Cleaner,
): RecordLookup[] {
  assertLookups(schema, Object.keys(given));
  return Object.entries(schema.lookups ?? {}).map(([name, rule]) => {
    const types = new Map(rule.columns.map(({ name: column, type }) => [column, type]));
    const rows = rowsByKey(name, rule, given[name] ?? [], cleanerOf);
    return {
      name,
      rule,
      textOf(row, column) {
        const [value, type] = [row[column] ?? null, types.get(column)];
        return value === null || !type ? null : (exactText(type, value) ?? String(value));
      },
      find: (key) => rows.get(String(key)),
    };
  });
}

function rowsByKey(
  name: string,
  rule: LookupRule,
  rows: LookupRows,
  cleanerOf: (schema: TableSchema) => Cleaner,
): ReadonlyMap<string, LookupRow> {
  if (rows instanceof Map) return rows as ReadonlyMap<string, LookupRow>;
  const refuse = (line: number, column: string | null, problem: string): never => {
    throw new HeadwaterError('LOOKUP_INVALID', {
      lookup: name,
      file: 'the given rows',
      line,
      column,
      problem,
    });
  };
  const clean = cleanerOf(lookupFileSchema(rule));
  const found = new Map<string, { readonly line: number; readonly row: LookupRow }>();
  let line = 0;
  for (const record of rows as Exclude<LookupRows, ReadonlyMap<string, LookupRow>>) {
    line += 1;
    const result = clean(record);
    if (!result.accepted) {
      const [reason] = result.reasons;
      return refuse(line, reason?.column ?? null, reason ? rejectCodes[reason.code] : 'the row is not valid');
    }
    const key = String(result.row[rule.key.name]);
    const before = found.get(key);
    if (!before) found.set(key, { line, row: result.row });
    else if (rule.many === 'refuse')
      refuse(line, rule.key.name, `the same key is in line ${before.line}, and many is 'refuse'`);
  }
  return new Map([...found].map(([key, { row }]) => [key, row]));
}
