import { join } from 'node:path';
import type { QueryExecution } from './query-execution.ts';
import { ResultFile } from './result-file.ts';
import { type QueryPlace, runStatement } from './run-statement.ts';
import { unload } from './unload.ts';

/** Runs a query to its end. Never throws: the execution holds the outcome. */
export async function runQuery(execution: QueryExecution, place: QueryPlace): Promise<void> {
  const { request, abort } = execution;
  try {
    const file = await ResultFile.create(join(place.results, `${request.id}.csv`));
    execution.file = file;
    if (request.kind.SubstatementType === 'UNLOAD') await unload(execution, place);
    else await runStatement(execution, request.statement, place, file);
    await file.flush();
    if (execution.isOver) return;
    const { resultLocation } = execution;
    if (resultLocation !== undefined) await place.store.upload(file, resultLocation);
    execution.end('SUCCEEDED');
  } catch (error) {
    if (abort.signal.aborted) return execution.end('CANCELLED', 'Query was cancelled');
    console.error(error);
    const message = error instanceof Error ? error.message : String(error);
    execution.end('FAILED', message, {
      ErrorCategory: 1,
      ErrorType: 200,
      Retryable: true,
      ErrorMessage: message,
    });
  }
}
