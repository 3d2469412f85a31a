import { hash } from 'node:crypto';
import { createDocumentCleaner, type JsonObject, type TableSchema } from '@headwater/core';

/** What the source of a stream has to see of a record. */
export interface RecordFacts {
  /** The actor as text, or a hash of a record whose actor cannot be read. Records of an actor are in one shard, in their order. */
  readonly partitionKey: string;
  /** When it happened; undefined where that cannot be read. */
  readonly eventTime: Date | undefined;
}

/**
 * Compiles what reads the actor and the time of a record: these two columns alone, cleaned as in a load.
 *
 * @param source the source of the table that the records are of
 * @example
 * ```ts
 * const factsOf = createRecordFacts(clickstream.schema);
 * factsOf(Buffer.from('{"event_time":"2019-10-01 00:00:00 UTC","user_id":"5"}')).partitionKey; // '5'
 * ```
 */
export function createRecordFacts(schema: TableSchema, source?: string): (data: Uint8Array) => RecordFacts {
  const { time, actor } = schema.roles;
  const timeOf = time === undefined ? undefined : valueReader(schema, time, source);
  const actorOf = actor === undefined ? undefined : valueReader(schema, actor, source);
  return (data) => {
    const document = parsed(data);
    const [at, who] = document ? [timeOf?.(document), actorOf?.(document)] : [];
    return {
      partitionKey: keyOf(who) || hashOf(data),
      eventTime: at instanceof Date ? at : undefined,
    };
  };
}

/** A key has at most 256 characters (https://docs.aws.amazon.com/kinesis/latest/APIReference/API_PutRecordsRequestEntry.html). */
const keyOf = (value: unknown): string => String(value ?? '').slice(0, 256);

const hashOf = (data: Uint8Array): string => hash('sha256', data, 'base64url').slice(0, 22);

/** The object of a record. Digits that a double has not are lost: a key needs only be the same for the same actor. */
function parsed(data: Uint8Array): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(
      Buffer.from(data.buffer, data.byteOffset, data.length).toString('utf8'),
    );
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : undefined;
  } catch {
    return undefined;
  }
}

/** Reads the clean value of one column; undefined where it has none. What concerns the other columns is left out. */
function valueReader(
  schema: TableSchema,
  name: string,
  source: string | undefined,
): (document: JsonObject) => unknown {
  const { explode: _, lookups: __, sources = {}, ...plain } = schema;
  const { where: ___, ...rule } = (source === undefined ? undefined : sources[source]) ?? {};
  const columns = schema.columns.filter((one) => one.name === name);
  const own = source === undefined ? {} : { sources: { [source]: rule } };
  const clean = createDocumentCleaner({ ...plain, ...own, columns }, { source });
  return (document) => {
    const [result] = clean(document);
    return result?.accepted ? result.row[name] : undefined;
  };
}
