import type { DuckDBConnection } from '@duckdb/node-api';
import { HeadwaterError } from '@headwater/core';
import { elementPart, type FileSchema, memberPath, memberSteps, readPath } from '@headwater/core/internal';
import {
  elementType,
  type ParquetTarget,
  parquetColumn,
  parquetNode,
  parquetTarget,
} from './parquet-path.ts';
import type { ParquetField, ParquetPaths, ParquetValue } from './prepared-input.ts';

/**
 * Finds the paths of a table in the types of a Parquet file.
 *
 * @param fields the columns of the file as the engine names them
 * @param names their names as the file has them
 * @throws HeadwaterError `INPUT_UNREADABLE` when the member that `explode` names is not a list
 */
export async function parquetPaths(
  connection: DuckDBConnection,
  { columns, explode }: FileSchema,
  { source, file, fields, names }: ParquetFile,
): Promise<ParquetPaths> {
  const result = await connection.run(
    `SELECT * FROM read_parquet(${file}, hive_partitioning = false) LIMIT 0`,
  );
  const types = result.columnTypes();
  const known = fields.flatMap((field, index) => {
    const type = types[index];
    return type ? [parquetColumn(names[index] ?? field.name, field.name, type)] : [];
  });
  const list = explode && parquetTarget(known, memberSteps(explode));
  const type = list && elementType(list.type);
  if (explode && list && !type) {
    const problem = `${memberPath(explode)} is a ${list.type}, and the table has a row per element of a list`;
    throw new HeadwaterError('INPUT_UNREADABLE', { file: source, problem });
  }
  const values = columns.map((column): ParquetValue | null => {
    const path = readPath(column);
    if (!path) return null;
    const part = elementPart(path);
    if (part === undefined) {
      const target = parquetTarget(known, path);
      return target ? valueAt(target) : null;
    }
    if (!list || !type) return null;
    const { position } = list;
    if (part === 'number')
      return {
        sql: 'CASE WHEN element_count > 0 THEN element_number END',
        type: 'BIGINT',
        position,
        isOfElement: true,
      };
    const node = parquetNode({ sql: 'element', type }, part);
    return node ? { ...valueAt({ ...node, position }), isOfElement: true } : null;
  });
  return { values, list: list ? { sql: list.sql, names: list.names } : undefined };
}

interface ParquetFile {
  readonly source: string;
  /** The path in SQL. */
  readonly file: string;
  readonly fields: readonly ParquetField[];
  readonly names: readonly string[];
}

const valueAt = ({ sql, type, position }: Omit<ParquetTarget, 'names'>): ParquetValue => ({
  ...{ sql, position, isOfElement: false },
  type: type.toString(),
});
