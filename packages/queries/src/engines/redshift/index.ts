export { RedshiftDialect } from './redshift-dialect.ts';
export { redshiftEngine } from './redshift-engine.ts';
