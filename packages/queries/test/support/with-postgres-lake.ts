import { usePostgres } from '@headwater/local-aws/testing';
import { closeLake, createLake, type Lake, type LakeConfig } from '@headwater/queries';
import { duckdbEngine } from '@headwater/queries/duckdb';
import { type PostgresEngineConfig, postgresEngine } from '@headwater/queries/postgres';
import { afterAll, beforeAll } from 'vitest';
import { type AllTables, allTables, makeAllLakes } from './all-lakes.ts';
import { copyToPostgres } from './copy-to-postgres.ts';

type Options = Omit<LakeConfig<AllTables>, 'tables' | 'engine'>;

/** The tables of a lake in a PostgreSQL of the file's own, and the same rows on DuckDB. */
export function withPostgresLake() {
  const postgres = usePostgres();
  const opened: Lake<AllTables>[] = [];
  let remove = async (): Promise<void> => {};
  let local: Lake<AllTables> | undefined;
  let remote: Lake<AllTables> | undefined;
  const open = (config: Partial<PostgresEngineConfig> = {}, options: Options = {}): Lake<AllTables> => {
    const engine = postgresEngine({ url: postgres.url, ...config });
    const lake = createLake({ ...options, tables: allTables, engine });
    opened.push(lake);
    return lake;
  };
  beforeAll(async () => {
    const made = await makeAllLakes();
    remove = made.remove;
    local = createLake({ tables: allTables, engine: duckdbEngine({ lake: made.folder, threads: 2 }) });
    opened.push(local);
    await copyToPostgres(postgres.query, local as unknown as Lake, allTables);
    remote = open();
  });
  afterAll(async () => {
    for (const lake of opened) await closeLake(lake, { timeoutSeconds: 0 });
    await remove();
  });
  const made = (lake: Lake<AllTables> | undefined): Lake<AllTables> => {
    if (!lake) throw new Error('The lake is made before the first test');
    return lake;
  };
  return {
    postgres,
    open,
    /** The rows on DuckDB. */
    get local() {
      return made(local);
    },
    /** The rows on PostgreSQL. */
    get remote() {
      return made(remote);
    },
  };
}
