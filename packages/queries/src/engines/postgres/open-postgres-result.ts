import type { QueryOptions, QueryText } from '../../session/query.ts';
import type { PostgresDialectConfig } from './postgres-dialect-config.ts';
import type { PostgresField, PostgresRows } from './postgres-transaction.ts';

/** A result that streams from PostgreSQL. */
export interface PostgresResult {
  readonly fields: readonly PostgresField[];
  /** The type of each column as PostgreSQL writes it. */
  readonly types: readonly string[];
  /** Ending the iteration early ends the query. */
  batches(): AsyncIterableIterator<PostgresRows['rows']>;
}

/** Ends queries whose results were dropped without being read to the end: nobody else would free their slots. */
const dropped = new FinalizationRegistry<() => Promise<void>>((end) => void end());

/**
 * Starts a query and streams its result. Its connection is given back when the result has been read, left or aborted.
 * @throws HeadwaterError `QUERY_FAILED`, or what `begin` throws; the signal's reason when it was aborted
 */
export async function openPostgresResult(
  { begin }: PostgresDialectConfig,
  query: QueryText,
  options?: QueryOptions,
): Promise<PostgresResult> {
  const transaction = await begin(options);
  const end = () => transaction.end();
  try {
    const batches = transaction.batches(query);
    const { value: first } = await batches.next();
    const { fields = [], rows: firstRows = [] }: Partial<PostgresRows> = first ?? {};
    const types = await transaction.typeNames(fields);
    const rest = async function* (): AsyncIterableIterator<PostgresRows['rows']> {
      try {
        options?.signal?.throwIfAborted();
        yield firstRows;
        for await (const { rows } of batches) yield rows;
      } finally {
        dropped.unregister(transaction);
        await end();
      }
    };
    const result: PostgresResult = {
      fields,
      types,
      batches() {
        dropped.unregister(transaction);
        const read = rest();
        dropped.register(read, end, transaction);
        return read;
      },
    };
    dropped.register(result, end, transaction);
    return result;
  } catch (error) {
    await end();
    throw error;
  }
}
