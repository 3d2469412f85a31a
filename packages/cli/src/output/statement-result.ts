import { type Lake, type RowStream, sql } from '@headwater/queries';
import { arrowIpc, arrowStream } from '@headwater/queries/arrow';
import { plainCell } from './cell-text.ts';
import type { Result } from './result.ts';
import { isBinary, type ResultFormat } from './result-formats.ts';

/**
 * The rows of one SELECT as text, ready to be printed in any form. It is run once: as Arrow for the forms of bytes, as rows
 * for the others.
 */
export async function statementResult(
  lake: Lake,
  statement: string,
  format: ResultFormat,
  signal: AbortSignal,
): Promise<Result> {
  const { columns, batches } = isBinary(format) ? noRows : await sql(lake, statement, { signal });
  const query = { sql: statement, parameters: [] };
  return {
    columns: columns.map(({ name }) => name),
    batches,
    ipc: () => arrowIpc(lake, query, { signal }),
    arrow: () => arrowStream(lake, query, { signal }),
    cell: plainCell,
  };
}

const noRows: RowStream = { columns: [], async *batches() {} };
