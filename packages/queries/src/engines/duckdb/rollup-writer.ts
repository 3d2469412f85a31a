import { totalmem } from 'node:os';
import { resolve } from 'node:path';
import { type DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import type { TableSchema } from '@headwater/core';
import { type LakeState, quoteName, quotePath, quoteText } from '@headwater/core/internal';
import { prepareQuery } from './duckdb-statement.ts';
import { insertAnswer } from './insert-answer.ts';
import { makeViews } from './make-views.ts';
import type { RollupWriter, RollupWriterConfig } from './open-rollup-writer.ts';

/** DuckDB's integers of 128 bits are doubles in Parquet; as decimals they stay exact. Who reads them casts them back. */
const storedTypes: Readonly<Record<string, string>> = {
  HUGEINT: 'DECIMAL(38,0)',
  UHUGEINT: 'DECIMAL(38,0)',
};

/** Opens a writer: what `openRollupWriter` says. */
export async function startRollupWriter(
  config: RollupWriterConfig,
  schema: TableSchema,
  { root, state }: { readonly root: string; readonly state: LakeState },
): Promise<RollupWriter> {
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    memory_limit: config.memoryLimit ?? `${Math.floor(totalmem() / 2 ** 21)}MB`,
    ...(config.threads === undefined ? {} : { threads: String(config.threads) }),
    ...(config.spillFolder === undefined ? {} : { temp_directory: config.spillFolder }),
  });
  try {
    const connection = await instance.connect();
    await connection.run("SET GLOBAL TimeZone = 'UTC'");
    const read = config.rowsOf ? { ...state, files: [], quarantineFiles: [] } : state;
    const paths = new Map(read.files.map(({ path }) => [resolve(root, path), resolve(root, path)]));
    const opened = { lake: config.lake, root, states: [read], paths };
    const absent = await makeViews(connection, [{ schema, state: read }], opened);
    if (absent.has(schema.name)) throw absent.get(schema.name);
    return writerOver(connection, config.rowsOf, () => instance.closeSync());
  } catch (error) {
    instance.closeSync();
    throw error;
  }
}

function writerOver(
  connection: DuckDBConnection,
  rowsOf: RollupWriterConfig['rowsOf'],
  close: () => void,
): RollupWriter {
  let columns: RollupWriter['columns'] = [];
  const day = 'substring(period, 1, 10)';
  return {
    get columns() {
      return columns;
    },
    async answer(query) {
      const described = { ...query, sql: `CREATE OR REPLACE TEMP TABLE answer AS ${query.sql}` };
      const statement = await prepareQuery(connection, described);
      await statement.run();
      statement.destroySync();
      const types = await connection.runAndReadAll('DESCRIBE answer');
      columns = types.getRowObjectsJS().map(({ column_name: name, column_type: type }) => {
        return { name: String(name), type: String(type) };
      });
      if (rowsOf) await insertAnswer(connection, 'answer', columns, rowsOf(query));
      const counts = await connection.runAndReadAll(
        `SELECT ${day} AS day, count(*)::INTEGER AS n FROM answer GROUP BY 1 ORDER BY 1`,
      );
      return counts.getRowObjectsJS().map(({ day: one, n }) => ({ day: String(one), rows: Number(n) }));
    },
    async write(one, file) {
      const cast = columns.map(
        ({ name, type }) => `CAST(${quoteName(name)} AS ${storedTypes[type] ?? type}) AS ${quoteName(name)}`,
      );
      await connection.run(
        `COPY (SELECT ${cast.join(', ')} FROM answer WHERE ${day} = ${quoteText(one)})
         TO ${quotePath(file)} (FORMAT parquet, COMPRESSION zstd)`,
      );
    },
    close,
  };
}
