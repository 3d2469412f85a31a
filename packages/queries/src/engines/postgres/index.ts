export { HeadwaterPostgresDialect } from './postgres-dialect.ts';
export type { PostgresDialectConfig } from './postgres-dialect-config.ts';
export { type PostgresEngineConfig, postgresEngine } from './postgres-engine.ts';
export type { PostgresField, PostgresRows, PostgresTransaction } from './postgres-transaction.ts';
