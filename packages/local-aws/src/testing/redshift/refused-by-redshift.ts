/**
 * Something that Redshift refuses, or reads in another way than PostgreSQL, and that parsers accept. `judge_redshift.py` finds windows
 * without a frame, for which words are not enough.
 */
interface Refused {
  readonly what: string;
  readonly pattern: RegExp;
  readonly source: string;
}

const guide = 'https://docs.aws.amazon.com/redshift/latest/dg';

const refused: readonly Refused[] = [
  {
    what: 'FILTER of an aggregate',
    pattern: /\)\s*filter\s*\(\s*where\b/i,
    source: `${guide}/c_Aggregate_Functions.html`,
  },
  {
    what: 'a frame of RANGE or GROUPS',
    pattern: /\b(?:range|groups)\s+(?:between|unbounded|current)\b/i,
    source: `${guide}/r_Window_function_synopsis.html`,
  },
  {
    what: 'IS DISTINCT FROM',
    pattern: /\bis\s+(?:not\s+)?distinct\s+from\b/i,
    source: `${guide}/r_comparison_condition.html`,
  },
  { what: 'COLLATE after an expression', pattern: /\bcollate\s+"/i, source: `${guide}/r_COLLATE.html` },
  {
    what: 'DISTINCT ON',
    pattern: /\bdistinct\s+on\s*\(/i,
    source: `${guide}/c_unsupported-postgresql-features.html`,
  },
  {
    what: 'a WITH that says MATERIALIZED',
    pattern: /\bas\s+(?:not\s+)?materialized\s*\(/i,
    source: `${guide}/r_WITH_clause.html`,
  },
  { what: 'LATERAL', pattern: /\blateral\b/i, source: `${guide}/r_FROM_clause30.html` },
  {
    what: 'VALUES as a relation',
    pattern: /\bfrom\s*\(\s*values\b/i,
    source: `${guide}/c_unsupported-postgresql-features.html`,
  },
  {
    what: 'text, which is 256 bytes of varchar',
    pattern: /\bas\s+text\b|::\s*text\b/i,
    source: `${guide}/r_Character_types.html`,
  },
  {
    what: 'concat of more than two texts',
    pattern: /\bconcat\s*\((?:[^(),]|\([^()]*\))*,(?:[^(),]|\([^()]*\))*,/i,
    source: `${guide}/r_CONCAT.html`,
  },
  {
    what: 'generate_series, which only the leader has',
    pattern: /\bgenerate_series\b/i,
    source: `${guide}/c_unsupported-postgresql-functions.html`,
  },
  {
    what: 'arrays',
    pattern: /\barray\s*\[|\bunnest\s*\(|\barray_agg\s*\(|\btext\[\]/i,
    source: `${guide}/c_unsupported-postgresql-datatypes.html`,
  },
  {
    what: 'json or jsonb',
    pattern: /\bjsonb?\b/i,
    source: `${guide}/c_unsupported-postgresql-datatypes.html`,
  },
  {
    what: 'CREATE INDEX',
    pattern: /\bcreate\s+(?:unique\s+)?index\b/i,
    source: `${guide}/c_unsupported-postgresql-features.html`,
  },
  {
    what: 'ON CONFLICT',
    pattern: /\bon\s+conflict\b/i,
    source: `${guide}/c_unsupported-postgresql-features.html`,
  },
  {
    what: 'serial',
    pattern: /\b(?:big|small)?serial\b/i,
    source: `${guide}/c_unsupported-postgresql-datatypes.html`,
  },
];

/** A statement without its texts, names in quotes and comments, in which words would be found that are none of SQL. */
const bare = (statement: string): string =>
  statement
    .replaceAll(/'(?:[^'\\]|\\.|'')*'|--[^\n]*|\/\*[\s\S]*?\*\//g, "''")
    .replaceAll(/"(?:[^"]|"")*"/g, '"x"');

/** What Redshift refuses of a statement, each with its source in Redshift's guide. */
export const refusedByRedshift = (statement: string): string[] =>
  refused.flatMap(({ what, pattern, source }) =>
    pattern.test(bare(statement)) ? [`Redshift: ${what} (${source})`] : [],
  );
