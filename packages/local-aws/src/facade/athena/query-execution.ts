import type { AthenaError, ColumnInfo } from '@aws-sdk/client-athena';
import type { ResultFile } from './result-file.ts';
import type { StatementKind } from './statement-kind.ts';

/** The states of a query; the last three are final. */
export type QueryState = 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';

/** What StartQueryExecution decides. */
export interface QueryRequest {
  readonly id: string;
  /** As the client sent it. */
  readonly sql: string;
  /** With its parameters in place. */
  readonly statement: string;
  readonly parameters: readonly string[];
  readonly database: string | undefined;
  readonly catalog: string;
  readonly workGroup: string;
  readonly kind: StatementKind;
  /** `s3://bucket/prefix/`. Undefined in a workgroup with managed results, whose files stay with the façade. */
  readonly output: string | undefined;
  /** Scanned bytes above which the workgroup cancels the query. */
  readonly cutoff: number | undefined;
  /** Milliseconds for which an earlier result may be reused. */
  readonly reuseFor: number | undefined;
}

/** One query. It is kept until the façade stops. */
export class QueryExecution {
  readonly request: QueryRequest;
  readonly submitted = new Date();
  readonly abort = new AbortController();
  state: QueryState = 'QUEUED';
  completed: Date | undefined;
  reason: string | undefined;
  error: AthenaError | undefined;
  columns: readonly ColumnInfo[] = [];
  file: ResultFile | undefined;
  updateCount: number | undefined;
  manifest: string | undefined;
  scannedBytes = 0;
  queuedMillis = 0;
  planningMillis = 0;
  engineMillis = 0;
  /** The query whose result this one reuses. */
  reusedFrom: QueryExecution | undefined;

  constructor(request: QueryRequest) {
    this.request = request;
  }

  get isOver(): boolean {
    return this.state !== 'QUEUED' && this.state !== 'RUNNING';
  }

  /** Ends the query. A second call does nothing. */
  end(state: 'SUCCEEDED' | 'FAILED' | 'CANCELLED', reason?: string, error?: AthenaError): void {
    if (this.isOver) return;
    this.state = state;
    this.reason = reason;
    this.error = error;
    this.completed = new Date();
  }

  /** The location of the result. Undefined for a managed one. */
  get resultLocation(): string | undefined {
    if (this.reusedFrom) return this.reusedFrom.resultLocation;
    const { output, id, kind } = this.request;
    return output === undefined ? undefined : `${output}${id}.${kind.hasCsv ? 'csv' : 'txt'}`;
  }
}

/** The execution as GetQueryExecution describes it. */
export function describeExecution(execution: QueryExecution): object {
  const { request, submitted, completed, state, reason, error } = execution;
  const { StatementType, SubstatementType } = request.kind;
  const total = (completed ?? new Date()).getTime() - submitted.getTime();
  return {
    QueryExecutionId: request.id,
    Query: request.sql,
    StatementType,
    SubstatementType,
    ...(execution.resultLocation === undefined
      ? { ManagedQueryResultsConfiguration: { Enabled: true } }
      : { ResultConfiguration: { OutputLocation: execution.resultLocation } }),
    QueryExecutionContext: { Database: request.database, Catalog: request.catalog },
    ...(request.parameters.length === 0 ? {} : { ExecutionParameters: request.parameters }),
    Status: {
      State: state,
      StateChangeReason: reason,
      SubmissionDateTime: submitted,
      CompletionDateTime: completed,
      AthenaError: error,
    },
    Statistics: {
      EngineExecutionTimeInMillis: execution.engineMillis,
      DataScannedInBytes: execution.scannedBytes,
      TotalExecutionTimeInMillis: total,
      QueryQueueTimeInMillis: execution.queuedMillis,
      QueryPlanningTimeInMillis: execution.planningMillis,
      ServiceProcessingTimeInMillis: Math.max(0, total - execution.engineMillis - execution.queuedMillis),
      DataManifestLocation: execution.manifest,
      ResultReuseInformation: { ReusedPreviousResult: execution.reusedFrom !== undefined },
    },
    WorkGroup: request.workGroup,
    EngineVersion: { SelectedEngineVersion: 'AUTO', EffectiveEngineVersion: 'Athena engine version 3' },
  };
}
