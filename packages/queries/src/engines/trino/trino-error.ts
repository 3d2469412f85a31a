import { HeadwaterError } from '@headwater/core';
import { missingFileError } from './missing-file.ts';

/** Trino's description of a failed query. */
export interface TrinoFailure {
  readonly message: string;
  readonly errorName: string;
  readonly errorType: string;
}

const publish = 'Has the table been published to this catalog and schema?';

/** What to do, by the errors that a user can fix. */
const advices: Readonly<Record<string, string>> = {
  CATALOG_NOT_FOUND: 'Check the catalog in the config',
  SCHEMA_NOT_FOUND: publish,
  TABLE_NOT_FOUND: publish,
  COLUMN_NOT_FOUND: 'Does the published table have this column? Compare it with headwater schema show',
  TYPE_MISMATCH: 'Trino does not convert types implicitly: cast one side to the type of the other',
  QUERY_TEXT_TOO_LARGE: 'Shorten its texts, or split the query',
  EXCEEDED_SCAN_LIMIT: 'Narrow the date range, select fewer columns, or raise query_max_scan_physical_bytes',
  EXCEEDED_TIME_LIMIT: 'Narrow the date range',
  EXCEEDED_LOCAL_MEMORY_LIMIT: 'Narrow the date range',
};

/** The error of a failed query: Trino's message, the query's id, and what to do. */
export function trinoError(sql: string, queryId: string, failure: TrinoFailure): HeadwaterError {
  const { message, errorName, errorType } = failure;
  const problem = `${errorName}: ${message}`;
  const missing = missingFileError('Trino', problem);
  if (missing) return missing;
  const advice = advices[errorName];
  if (errorType === 'INSUFFICIENT_RESOURCES' && advice === undefined)
    return new HeadwaterError('QUERY_UNAVAILABLE', { engine: 'trino', sql, problem, queryId, attempts: 1 });
  return new HeadwaterError('QUERY_FAILED', {
    engine: 'trino',
    sql,
    problem,
    queryId,
    ...(advice === undefined ? {} : { advice }),
  });
}
