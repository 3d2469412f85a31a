import { HeadwaterError, type InferRow, rejectCodes, type TableSchema } from '@headwater/core';
import { createRecordReader, type RecordTable } from '../record/record-reader.ts';
import { createEventText } from './event-text.ts';
import type { ProducerEvent } from './producer-event.ts';
import { valueType } from './value-type.ts';

/** Why an event cannot be sent. */
interface InvalidReason {
  readonly column: string | null;
  readonly code: string;
  readonly problem: string;
}

/** An event as it is sent. */
export interface WrittenEvent<Row> {
  /** A JSON object in UTF-8. */
  readonly data: Buffer;
  /** The row that consumers read from it. */
  readonly row: Row;
}

/**
 * Compiles a table to a function that writes an event and reads it back as consumers will, so that it writes nothing that they would
 * reject, and no value that they would make null.
 *
 * @returns a function that throws HeadwaterError `EVENT_INVALID`
 * @throws HeadwaterError `STREAM_UNSUPPORTED` for a table whose events cannot be written
 */
export function createEventWriter<Table extends RecordTable>(
  table: Table,
): (event: ProducerEvent<Table>) => WrittenEvent<InferRow<Table>> {
  const schema = ownSchema(table.schema);
  const types = schema.columns.map((column) => ({ name: column.name, type: valueType(column) }));
  const known = new Set(table.schema.columns.map(({ name }) => name));
  const textOf = createEventText(schema);
  const read = createRecordReader({ schema, shape: table.shape } as Table);

  const fail = (reasons: readonly InvalidReason[]): never => {
    throw new HeadwaterError('EVENT_INVALID', { table: schema.name, reasons });
  };
  return (event) => {
    const values: Readonly<Record<string, unknown>> = event;
    const misfits: InvalidReason[] = [];
    for (const name of Object.keys(values))
      if (!known.has(name))
        misfits.push({ column: name, code: 'unknown_column', problem: 'the table has no such column' });
    for (const { name, type } of types) {
      const value = values[name] ?? null;
      if (value !== null && !type.has(value))
        misfits.push({ column: name, code: 'wrong_type', problem: `expected ${type.name}` });
    }
    if (misfits.length > 0) fail(misfits);
    const data = Buffer.from(textOf(values));
    const result = read({ data, sequenceNumber: '' });
    if (result.kind === 'event' && !result.nulled) return { data, row: result.event };
    const reasons =
      result.kind === 'rejected' ? result.reasons : result.kind === 'event' ? result.nulled : [];
    return fail((reasons ?? []).map(({ column, code }) => ({ column, code, problem: rejectCodes[code] })));
  };
}

/** The schema of what a producer sends: without the columns of lookups, which consumers join. */
function ownSchema({ lookups: _, ...schema }: TableSchema): TableSchema {
  return { ...schema, columns: schema.columns.filter(({ lookup }) => lookup === undefined) };
}
