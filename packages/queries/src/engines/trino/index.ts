export { TrinoDialect } from './trino-dialect.ts';
export type { TrinoDialectConfig } from './trino-dialect-config.ts';
export { type TrinoEngineConfig, trinoEngine } from './trino-engine.ts';
