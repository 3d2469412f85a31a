import { stat } from 'node:fs/promises';
import { quotePath, readsPaths } from '@headwater/core/internal';
import { countOf, rowsOf } from '../engine/duckdb-session.ts';
import { contentHash } from '../lake/content-hash.ts';
import { columnGap } from './column-gap.ts';
import { assertColumns, positionsOf } from './column-positions.ts';
import { parquetPaths } from './parquet-paths.ts';
import { assertByName } from './position-layout.ts';
import type { InspectedInput, ParquetField, PrepareOptions } from './prepared-input.ts';

/** Inspects a Parquet file: its columns and its rows, from the footer. */
export async function prepareParquet(
  source: string,
  path: string,
  { connection, schema, onBytes }: PrepareOptions,
): Promise<InspectedInput> {
  assertByName(schema, source, 'Parquet');
  const file = quotePath(path);
  const described = await rowsOf(
    connection,
    `DESCRIBE SELECT * FROM read_parquet(${file}, hive_partitioning = false)`,
  );
  const fields = described.map((row) => ({
    name: String(row['column_name']),
    type: String(row['column_type']),
  }));
  const names = await namesInFile(connection, file, fields);
  const paths = readsPaths(schema)
    ? await parquetPaths(connection, schema, { source, file, fields, names })
    : undefined;
  const positions = positionsOf(schema, names).map((position, index) =>
    paths?.values[index] ? paths.values[index].position : position,
  );
  assertColumns(schema, source, names, positions);
  const [footer] = await rowsOf(
    connection,
    `SELECT sum(num_rows)::BIGINT AS rows FROM parquet_file_metadata(${file})`,
  );
  const { size } = await stat(path);
  onBytes?.(size);
  return {
    path,
    hash: await contentHash(path),
    bytes: size,
    rows: countOf(footer?.['rows']),
    layout: { kind: 'parquet', fields, positions, ...(paths ? { paths } : {}) },
    gap: columnGap(schema, names, positions),
  };
}

/** The columns' names as the file has them: the engine gives a name that occurs twice, in any case, another ending. */
async function namesInFile(
  connection: PrepareOptions['connection'],
  file: string,
  fields: readonly ParquetField[],
): Promise<string[]> {
  const elements = await rowsOf(connection, `SELECT name, num_children FROM parquet_schema(${file})`);
  // In depth-first order, the root first (https://parquet.apache.org/docs/file-format/metadata/).
  const names: string[] = [];
  let at = 1;
  const skip = (): void => {
    const children = countOf(elements[at]?.['num_children']);
    at += 1;
    for (let child = 0; child < children; child += 1) skip();
  };
  while (at < elements.length) {
    names.push(String(elements[at]?.['name']));
    skip();
  }
  return names.length === fields.length ? names : fields.map(({ name }) => name);
}
