import { expect, test } from 'vitest';
import {
  type CleanResult,
  type CleanValue,
  createDocumentCleaner,
  type EventsTable,
  type TableSchema,
} from '../packages/core/src/index.ts';
import { edgeColumns } from '../packages/core/test/clean/cases/edge-columns.ts';
import { edgeTables } from '../packages/core/test/clean/cases/edge-tables.ts';
import { anyTables } from '../packages/core/test/clean/engines/any-tables.ts';
import { dirtyRows } from '../packages/core/test/clean/engines/dirty-rows.ts';
import { documentOutcomes } from '../packages/core/test/clean/engines/document-outcomes.ts';
import { differences } from '../packages/core/test/clean/engines/outcome.ts';
import { recordOutcomes } from '../packages/core/test/clean/engines/record-outcomes.ts';
import { everyType } from '../packages/core/test/clean/every-type.ts';
import {
  exploded,
  explodedDeep,
  flat,
  flatLines,
  nestedLines,
  oneRow,
} from '../packages/etl/test/nested-documents.ts';
import { createRecordReader } from '../packages/stream/src/index.ts';

const seed = Number(process.env['FUZZ_SEED'] ?? 20191001);

/** What the reader of records makes of a text, as the cleaning of documents gives it. */
function resultsOf(schema: TableSchema): (text: string) => CleanResult {
  const read = createRecordReader({ schema, shape: {} } as Pick<EventsTable, 'schema' | 'shape'>);
  let sent = 0;
  return (text) => {
    sent += 1;
    const bytes = Buffer.from(text);
    const result = read({ data: sent % 2 ? bytes : bytes.toString('base64'), sequenceNumber: `${sent}` });
    expect(result.sequenceNumber).toBe(`${sent}`);
    if (result.kind === 'filtered') return { accepted: false, reasons: [], filtered: true };
    if (result.kind === 'rejected') {
      expect(result.raw).toBe(text);
      return { accepted: false, reasons: [...result.reasons] };
    }
    const { event, unmatched, nulled } = result;
    // The columns of a schema alone have no types.
    const row = event as Record<string, CleanValue>;
    return { accepted: true, row, ...(unmatched && { unmatched }), ...(nulled && { nulled }) };
  };
}

test('records have the values and the codes of cleaning: dirty rows, any definition, hand-written edges', () => {
  const tables = [
    { schema: everyType.schema, records: dirtyRows(6000, seed) },
    ...anyTables(30, seed),
    ...edgeTables(edgeColumns, 25),
  ];
  for (const { schema, records } of tables) {
    const outcomes = {
      record: recordOutcomes(schema, records),
      stream: documentOutcomes(schema, records, resultsOf(schema)),
    };
    expect(differences(schema, records, outcomes)).toEqual([]);
  }
});

test.each<[string, EventsTable, typeof nestedLines]>([
  ['paths', oneRow, nestedLines],
  ['no paths', flat, flatLines],
])('records have the results of the same lines of a file: %s', (_what, { schema }, linesOf) => {
  const read = resultsOf(schema);
  const clean = createDocumentCleaner(schema);
  for (const line of linesOf(2000, seed)) expect([read(line)], line).toEqual(clean(line));
});

test('tables that explode a list are refused', () => {
  for (const table of [exploded, explodedDeep]) expect(() => createRecordReader(table)).toThrow('explodes');
});
