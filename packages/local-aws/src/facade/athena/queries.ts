import { isDeepStrictEqual } from 'node:util';
import { invalidRequest } from '../aws-error.ts';
import { QueryExecution, type QueryRequest } from './query-execution.ts';
import { runQuery } from './run-query.ts';
import type { QueryPlace } from './run-statement.ts';
import { type StartQueryInput, settleQuery } from './start-query.ts';
import { isVolatile } from './statement-kind.ts';
import type { WorkGroup } from './work-groups.ts';

/** The queries of this Athena, running and finished. */
export class Queries {
  readonly #place: QueryPlace;
  readonly #byId = new Map<string, QueryExecution>();
  readonly #byToken = new Map<string, { readonly input: StartQueryInput; readonly id: string }>();

  constructor(place: QueryPlace) {
    this.#place = place;
  }

  /**
   * Starts a query. A repeated request with the same token gives the query that it started before.
   *
   * @throws AwsError
   */
  async start(input: StartQueryInput, workGroup: WorkGroup): Promise<QueryExecution> {
    const { ClientRequestToken: token } = input;
    const earlier = token === undefined ? undefined : this.#byToken.get(token);
    if (earlier !== undefined) {
      if (isDeepStrictEqual(earlier.input, input)) return this.get(earlier.id);
      throw invalidRequest('Idempotent parameters do not match');
    }
    const request = settleQuery(input, workGroup);
    const execution = new QueryExecution(request);
    // Before the first await: the same request may arrive again meanwhile.
    if (token !== undefined) this.#byToken.set(token, { input, id: request.id });
    this.#byId.set(request.id, execution);
    try {
      if (request.output !== undefined) await this.#place.store.checkBucket(request.output);
    } catch (error) {
      this.#byId.delete(request.id);
      if (token !== undefined) this.#byToken.delete(token);
      throw error;
    }
    const reusable = this.#reusable(request);
    if (reusable === undefined) void runQuery(execution, this.#place);
    else {
      execution.reusedFrom = reusable;
      execution.columns = reusable.columns;
      execution.end('SUCCEEDED');
    }
    return execution;
  }

  /** @throws AwsError when no query has this id */
  get(id: string): QueryExecution {
    const execution = this.#byId.get(id);
    if (execution === undefined) throw invalidRequest(`QueryExecution ${id} was not found`);
    return execution;
  }

  /** The queries of a workgroup, newest first. */
  list(workGroup: string): readonly QueryExecution[] {
    return [...this.#byId.values()].filter(({ request }) => request.workGroup === workGroup).reverse();
  }

  /** Cancels a query. A finished query stays as it is. */
  stop(id: string): void {
    const execution = this.get(id);
    execution.end('CANCELLED', 'Query cancelled by user');
    execution.abort.abort();
  }

  /** The latest result that Athena's rules allow to reuse: the same text, database and workgroup, and young enough. */
  #reusable({ reuseFor, kind, ...request }: QueryRequest): QueryExecution | undefined {
    if (reuseFor === undefined || kind.SubstatementType !== 'SELECT' || isVolatile(request.statement)) return;
    return [...this.#byId.values()].findLast(
      (other) =>
        other.state === 'SUCCEEDED' &&
        other.reusedFrom === undefined &&
        Date.now() - (other.completed?.getTime() ?? 0) <= reuseFor &&
        (['statement', 'database', 'catalog', 'workGroup'] as const).every(
          (name) => other.request[name] === request[name],
        ),
    );
  }
}
