import { HeadwaterError } from '@headwater/core';

/** What Trino says about a query that failed. */
export interface TrinoFailure {
  readonly message: string;
  readonly errorName: string;
  readonly errorType: string;
}

const publish = 'Has the table been published to this catalog and schema?';

/** What to do about the failures that a user can do something about. */
const advices: Readonly<Record<string, string>> = {
  CATALOG_NOT_FOUND: 'Check the catalog in the config',
  SCHEMA_NOT_FOUND: publish,
  TABLE_NOT_FOUND: publish,
  COLUMN_NOT_FOUND: 'Does the published table have this column? Compare it with headwater schema show',
  TYPE_MISMATCH: 'Trino converts nothing by itself: cast one side to the type of the other',
  QUERY_TEXT_TOO_LARGE: 'Ask with shorter texts, or in parts',
  EXCEEDED_SCAN_LIMIT: 'Ask for fewer days or columns, or raise query_max_scan_physical_bytes',
  EXCEEDED_TIME_LIMIT: 'Ask for a shorter range',
  EXCEEDED_LOCAL_MEMORY_LIMIT: 'Ask for a shorter range',
};

/** Trino's own words, the query's id, and what to do. */
export function trinoError(sql: string, queryId: string, failure: TrinoFailure): HeadwaterError {
  const { message, errorName, errorType } = failure;
  const problem = `${errorName}: ${message}`;
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
