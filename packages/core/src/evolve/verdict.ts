import type { ChangeTarget, Verdict, VerdictName } from './schema-change.ts';
import type { VersionPart } from './semantic-version.ts';

/** The documentation of the rules. */
export const ruleSources = {
  definition: 'packages/core/src/evolve',
  athena: 'https://docs.aws.amazon.com/athena/latest/ug/handling-schema-updates-chapter.html',
  athenaTypes: 'https://docs.aws.amazon.com/athena/latest/ug/types-of-updates.html',
  projection: 'https://docs.aws.amazon.com/athena/latest/ug/partition-projection.html',
  trino: 'https://trino.io/docs/current/connector/hive.html#schema-evolution',
  spark: 'https://spark.apache.org/docs/3.5.6/sql-data-sources-parquet.html',
  sparkTypes: 'https://issues.apache.org/jira/browse/SPARK-40876',
  duckdb: 'https://duckdb.org/docs/stable/data/multiple_files/combining_schemas',
  registry: 'https://docs.aws.amazon.com/glue/latest/dg/schema-registry.html',
  lakeFormation: 'https://docs.aws.amazon.com/lake-formation/latest/dg/data-filtering.html',
} as const;

type Rule = (source: keyof typeof ruleSources, basis?: Verdict['basis']) => Verdict;

const verdict =
  (name: VerdictName) =>
  (reason: string): Rule =>
  (source, basis = 'definition') => ({ verdict: name, reason, source: ruleSources[source], basis });

/** Old and new work together. */
export const fits = verdict('compatible');
/** Old and new work together through the table's read view. */
export const fitsThroughView = verdict('compatible-with-view');
/** Something stops working, or its answers change. */
export const breaks = verdict('incompatible');
/** The verdict does not follow from the definition alone. */
export const open = verdict('unknown');

/** The verdicts of one kind of change. */
export interface VerdictRow {
  readonly verdicts: Readonly<Record<ChangeTarget, Verdict>>;
  /** The part of the version that a change without a breaking verdict increments. */
  readonly part: Exclude<VersionPart, 'major'>;
  /** Whether the change is irreversible: a rollback would not restore lost data, or withdraw data that was exposed. */
  readonly destructive: boolean;
}

/** The verdicts of the engines that read the lake's files: tested for Trino and DuckDB, documented for the others. */
export type FileVerdicts = Pick<VerdictRow['verdicts'], 'athena' | 'trino' | 'spark' | 'duckdb'>;

/** The same verdict for every engine. */
export const files = (rule: Rule): FileVerdicts => ({
  athena: rule('athena', 'documented'),
  trino: rule('trino', 'tested'),
  spark: rule('spark', 'documented'),
  duckdb: rule('duckdb', 'tested'),
});
