import { parquetWriteBuffer, type SchemaElement } from 'hyparquet-writer';
import type { FigureTable, TableCell, TableColumn } from '../table/figure-table.ts';

/** The kinds of files that a table is downloaded as. */
export const fileFormats = {
  csv: { contentType: 'text/csv; charset=utf-8', write: csvOf },
  parquet: { contentType: 'application/vnd.apache.parquet', write: parquetOf },
} as const satisfies Readonly<
  Record<string, { contentType: string; write: (table: FigureTable) => string | Uint8Array }>
>;

/** The name of a kind of file. */
export type FileFormat = keyof typeof fileFormats;

/** The values of a table as CSV, as in RFC 4180 (https://www.rfc-editor.org/rfc/rfc4180), not rounded. What is missing is an empty field. */
function csvOf({ columns, rows }: FigureTable): string {
  const lines = [columns.map(({ name }) => name), ...rows.map((row) => row.map(({ value }) => value))];
  return lines.map((values) => `${values.map(csvField).join(',')}\r\n`).join('');
}

function csvField(value: TableCell['value']): string {
  if (value === null) return '';
  const text = String(value);
  return text === '' || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The values of a table as Parquet: counts are INT64, amounts DECIMAL, days DATE. */
function parquetOf({ columns, rows }: FigureTable): Uint8Array {
  const storages = columns.map(storageOf);
  return new Uint8Array(
    parquetWriteBuffer({
      schema: [
        { name: 'root', num_children: columns.length },
        ...columns.map(
          ({ name }, index): SchemaElement => ({
            ...storages[index]?.element,
            name,
            repetition_type: 'OPTIONAL',
          }),
        ),
      ],
      columnData: columns.map(({ name }, index) => ({
        name,
        data: rows.map((row) => {
          const value = row[index]?.value ?? null;
          return value === null ? null : storages[index]?.read(value);
        }),
      })),
      createdBy: 'headwater',
    }),
  );
}

/** How a column is stored, and how its values are passed to the writer. */
interface Storage {
  readonly element: Omit<SchemaElement, 'name' | 'repetition_type'>;
  read(value: string | number): unknown;
}

const text: Storage = { element: { type: 'BYTE_ARRAY', converted_type: 'UTF8' }, read: String };

/** Parquet's logical types: https://parquet.apache.org/docs/file-format/types/logicaltypes/ */
function storageOf({ type }: TableColumn): Storage {
  switch (type.kind) {
    case 'int32':
    case 'int64':
      return { element: { type: 'INT64' }, read: (value) => BigInt(value) };
    case 'double':
      return { element: { type: 'DOUBLE' }, read: Number };
    case 'decimal': {
      const { scale } = type;
      return {
        // Numbers of JavaScript hold fifteen digits, which INT64 has room for.
        element: { type: 'INT64', converted_type: 'DECIMAL', precision: 18, scale },
        read: (value) => BigInt(Math.round(Number(value) * 10 ** scale)),
      };
    }
    case 'date':
      return { element: { type: 'INT32', converted_type: 'DATE' }, read: (value) => new Date(value) };
    case 'timestamp':
      return {
        element: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
        read: (value) => new Date(value),
      };
    default:
      return text;
  }
}
