import type { ChangeTarget, Verdict, VerdictName } from './schema-change.ts';
import type { VersionPart } from './semantic-version.ts';

/** Where the rules are written down. */
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

/** Old and new go on together, because ... */
export const fits = verdict('compatible');
/** They do through the table's view, because ... */
export const fitsThroughView = verdict('compatible-with-view');
/** Something stops or answers differently, because ... */
export const breaks = verdict('incompatible');
/** Only something outside the definition can tell, because ... */
export const open = verdict('unknown');

/** The verdicts of one kind of change. */
export interface VerdictRow {
  readonly verdicts: Readonly<Record<ChangeTarget, Verdict>>;
  /** Which part of the version moves when nothing breaks. */
  readonly part: Exclude<VersionPart, 'major'>;
  /** Whether publishing the earlier version again would not bring back what is lost, or given away. */
  readonly destructive: boolean;
}

/** The four that read the lake's files. What Trino and DuckDB do was found by reading; the others go by their documents. */
export type FileVerdicts = Pick<VerdictRow['verdicts'], 'athena' | 'trino' | 'spark' | 'duckdb'>;

/** One rule for all that read files. */
export const files = (rule: Rule): FileVerdicts => ({
  athena: rule('athena', 'documented'),
  trino: rule('trino', 'tested'),
  spark: rule('spark', 'documented'),
  duckdb: rule('duckdb', 'tested'),
});
