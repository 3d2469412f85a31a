import type { RecordBatch, Table } from 'apache-arrow';
import { internals, type Lake } from '../lake/create-lake.ts';
import type { ArrowStream } from '../session/arrow-stream.ts';
import { type AnyQuery, eventsStatement, orFromEvents, presentStatement } from '../session/asked-query.ts';
import type { QueryOptions } from '../session/query.ts';

/** Anything that Kysely compiles, a metric query, or one SELECT as text. */
export type ArrowQuery = AnyQuery;

type AnyLake = Pick<Lake, typeof internals>;

/**
 * Runs a query of a lake and streams its result as Arrow record batches, with Arrow's own types. A metric comes from a rollup where one
 * has its answer, in the same types.
 *
 * @param query anything that Kysely compiles, a metric query, or one SELECT as text
 * @throws HeadwaterError `PACKAGE_MISSING` without `apache-arrow`, `QUERY_NOT_READ_ONLY`, `QUERY_FAILED`
 */
export async function arrowStream(
  lake: AnyLake,
  query: ArrowQuery,
  options?: QueryOptions,
): Promise<ArrowStream> {
  const { session } = lake[internals];
  const events = eventsStatement(query);
  const present = await presentStatement(query, options);
  const stream = await orFromEvents(present === events ? undefined : present, (chosen) =>
    session.arrow(chosen ?? events, options),
  );
  // Every engine makes it with apache-arrow; the session's interface leaves those types out.
  return stream as ArrowStream;
}

/**
 * Runs a query and collects its result as an Arrow table.
 *
 * @example const table = await arrowTable(lake, lake.clickstream.between(from, to).selectAll());
 */
export async function arrowTable(lake: AnyLake, query: ArrowQuery, options?: QueryOptions): Promise<Table> {
  const stream = await arrowStream(lake, query, options);
  const arrow = await import('apache-arrow');
  const batches: RecordBatch[] = [];
  for await (const batch of stream.batches()) batches.push(batch);
  return new arrow.Table(stream.schema, batches);
}

/**
 * Runs a query and yields its result as the bytes of an Arrow IPC stream
 * (https://arrow.apache.org/docs/format/Columnar.html#ipc-streaming-format), as the engine gives rows.
 *
 * @example await pipeline(arrowIpc(lake, query), response)
 */
export async function* arrowIpc(
  lake: AnyLake,
  query: ArrowQuery,
  options?: QueryOptions,
): AsyncIterableIterator<Uint8Array> {
  const stream = await arrowStream(lake, query, options);
  const [{ RecordBatchStreamWriter }, { IpcSink }] = await Promise.all([
    import('apache-arrow'),
    import('./ipc-sink.ts'),
  ]);
  const sink = new IpcSink();
  const writer = new RecordBatchStreamWriter().reset(sink, stream.schema);
  yield* sink.take();
  for await (const batch of stream.batches()) {
    writer.write(batch);
    yield* sink.take();
  }
  writer.finish();
  yield* sink.take();
}
