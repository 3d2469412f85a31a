import type { TrinoPage } from '../trino/trino-page.ts';
import { trinoStatement } from '../trino/trino-statement.ts';
import { athenaFailure } from './athena-failure.ts';
import { columnInfo } from './column-info.ts';
import type { QueryExecution } from './query-execution.ts';
import type { ResultValue } from './result-csv.ts';
import type { ResultFile } from './result-file.ts';
import type { ResultStore } from './result-store.ts';
import { type ValueText, valueText } from './value-text.ts';

/** The services and the folder that queries use. */
export interface QueryPlace {
  readonly trino: string;
  readonly store: ResultStore;
  /** A local folder for results. */
  readonly results: string;
}

const waiting = new Set(['QUEUED', 'WAITING_FOR_RESOURCES', 'DISPATCHING']);

/** Runs one statement of the execution. Writes its rows to the file, if there is one. */
export async function runStatement(
  execution: QueryExecution,
  sql: string,
  { trino }: Pick<QueryPlace, 'trino'>,
  file?: ResultFile,
  properties: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { request, abort } = execution;
  const session = { catalog: request.catalog.toLowerCase(), schema: request.database, properties };
  let texts: readonly ValueText[] | undefined;
  for await (const page of trinoStatement(trino, sql, session, abort.signal)) {
    follow(execution, page);
    if (execution.isOver) return;
    if (file === undefined) continue;
    if (page.columns !== undefined && texts === undefined) {
      texts = page.columns.map(({ typeSignature }) => valueText(typeSignature));
      execution.columns = page.columns.map(columnInfo);
      if (request.kind.hasCsv && page.updateCount === undefined)
        await file.write([page.columns.map(({ name }) => name)]);
    }
    if (page.data !== undefined && page.updateCount === undefined)
      await file.write(rowsOf(page.data, texts ?? []));
    if (page.updateCount !== undefined) execution.updateCount = Number(page.updateCount);
  }
}

function* rowsOf(
  data: readonly (readonly unknown[])[],
  texts: readonly ValueText[],
): Generator<readonly ResultValue[]> {
  for (const row of data) yield row.map((value, index) => texts[index]?.(value) ?? null);
}

/** Updates the execution's state and statistics from a page of Trino's answer. */
function follow(execution: QueryExecution, { stats, error }: TrinoPage): void {
  if (!execution.isOver) execution.state = waiting.has(stats.state) ? 'QUEUED' : 'RUNNING';
  execution.scannedBytes = Math.max(execution.scannedBytes, stats.physicalInputBytes);
  execution.queuedMillis = stats.queuedTimeMillis;
  execution.planningMillis = stats.planningTimeMillis;
  execution.engineMillis = stats.elapsedTimeMillis - stats.queuedTimeMillis;
  const { cutoff } = execution.request;
  if (error !== undefined) {
    const failure = athenaFailure(error);
    execution.end('FAILED', failure.reason, failure.error);
  } else if (cutoff !== undefined && execution.scannedBytes > cutoff) {
    // The loop over the statement then ends, which cancels it in Trino.
    execution.end('CANCELLED', 'Query cancelled! : Bytes scanned limit was exceeded');
  }
}
