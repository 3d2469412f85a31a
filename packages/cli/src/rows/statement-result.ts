import { type Lake, type RowStream, sql } from '@headwater/queries';
import { arrowIpc, arrowStream } from '@headwater/queries/arrow';
import type { Result } from '../answer/result.ts';
import { plainCell } from './cell-text.ts';
import { isBinary, type RowFormat } from './row-formats.ts';

/**
 * The rows of one SELECT that is given as text, ready to be printed in any format. It runs once: as Arrow for binary formats, as rows
 * for the others.
 */
export async function statementResult(
  lake: Lake,
  statement: string,
  format: RowFormat,
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
