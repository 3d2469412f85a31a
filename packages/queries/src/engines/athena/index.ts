export { AthenaDialect } from './athena-dialect.ts';
export { type AthenaEngineConfig, athenaEngine } from './athena-engine.ts';
