import { invalidRequest } from '../aws-error.ts';
import { sqlPieces } from './sql-pieces.ts';

/** The parts of an UNLOAD statement. */
export interface Unload {
  readonly query: string;
  /** `s3://bucket/prefix/` */
  readonly to: string;
  readonly format: string;
  /** As Trino's Hive connector names it. */
  readonly compression: string;
  readonly partitionedBy: readonly string[];
}

const formats = new Set(['PARQUET', 'ORC', 'AVRO', 'JSON', 'TEXTFILE']);
const codecs = new Set(['NONE', 'SNAPPY', 'LZ4', 'ZSTD', 'GZIP']);
const known = new Set(['format', 'compression', 'partitioned_by']);

const wrong = (problem: string): Error => invalidRequest(`UNLOAD: ${problem}`, 'MALFORMED_QUERY');

/**
 * Parses `UNLOAD (query) TO 's3://…' WITH (format = 'PARQUET', …)`.
 *
 * @throws AwsError for a statement that is not well formed, or an option that the façade does not have
 * @see https://docs.aws.amazon.com/athena/latest/ug/unload.html
 */
export function parseUnload(sql: string): Unload {
  const { inside, after } = brackets(sql);
  const match = /^\s*to\s+'(s3:\/\/[^']+)'\s*(?:with\s*\(([\s\S]*)\)\s*)?;?\s*$/i.exec(after);
  if (match === null) throw wrong("expected (query) TO 's3://bucket/prefix/' WITH (format = '...')");
  const [, to = '', list = ''] = match;
  const options = new Map(
    [...list.matchAll(/(\w+)\s*=\s*(array\s*\[[^\]]*\]|'[^']*'|\d+)/gi)].map(([, name = '', value = '']) => [
      name.toLowerCase(),
      [...value.matchAll(/'([^']*)'/g)].map(([, text = '']) => text),
    ]),
  );
  const unknown = [...options.keys()].filter((name) => !known.has(name));
  if (unknown.length > 0) throw wrong(`the local Athena does not have the option ${unknown.join(', ')}`);
  const format = options.get('format')?.[0]?.toUpperCase() ?? '';
  if (!formats.has(format)) throw wrong(`format has to be one of ${[...formats].join(', ')}`);
  const compression = options.get('compression')?.[0]?.toUpperCase() ?? 'GZIP';
  if (!codecs.has(compression)) throw wrong(`compression has to be one of ${[...codecs].join(', ')}`);
  return {
    query: inside,
    to: to.endsWith('/') ? to : `${to}/`,
    format,
    compression,
    partitionedBy: options.get('partitioned_by') ?? [],
  };
}

/** The text inside the first brackets, and the text after them. Brackets in strings and comments are skipped. */
function brackets(sql: string): { inside: string; after: string } {
  let depth = 0;
  let start = -1;
  for (const { kind, text, at } of sqlPieces(sql)) {
    if (kind !== 'code') continue;
    for (const { 0: bracket, index } of text.matchAll(/[()]/g)) {
      depth += bracket === '(' ? 1 : -1;
      if (start < 0) start = at + index + 1;
      if (depth === 0) return { inside: sql.slice(start, at + index), after: sql.slice(at + index + 1) };
    }
  }
  throw wrong('the brackets around the query do not close');
}
