export type { DuckdbDatabase } from './duckdb-database.ts';
export { DuckdbDialect } from './duckdb-dialect.ts';
export type { DuckdbDialectConfig } from './duckdb-dialect-config.ts';
export { type DuckdbEngineConfig, duckdbEngine } from './duckdb-engine.ts';
export {
  openRollupWriter,
  type RollupWriter,
  type RollupWriterConfig,
  type WrittenDay,
} from './open-rollup-writer.ts';
