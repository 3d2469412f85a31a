import { sqlPieces } from './sql-pieces.ts';

/** How Athena classifies a statement, and how its result is written. */
export interface StatementKind {
  readonly StatementType: 'DML' | 'DDL' | 'UTILITY';
  readonly SubstatementType: string;
  /** Whether the result is CSV with a header; otherwise it is plain text without one. */
  readonly hasCsv: boolean;
}

const query: StatementKind = { StatementType: 'DML', SubstatementType: 'SELECT', hasCsv: true };
const dml = (SubstatementType: string): StatementKind => ({
  StatementType: 'DML',
  SubstatementType,
  hasCsv: true,
});

const kinds: Readonly<Record<string, StatementKind>> = {
  SELECT: query,
  WITH: query,
  VALUES: query,
  TABLE: query,
  INSERT: dml('INSERT'),
  UPDATE: dml('UPDATE'),
  DELETE: dml('DELETE'),
  MERGE: dml('MERGE'),
  UNLOAD: dml('UNLOAD'),
  SHOW: { StatementType: 'UTILITY', SubstatementType: 'SHOW', hasCsv: false },
  DESCRIBE: { StatementType: 'UTILITY', SubstatementType: 'DESCRIBE', hasCsv: false },
  EXPLAIN: { StatementType: 'UTILITY', SubstatementType: 'EXPLAIN', hasCsv: false },
};

/**
 * Classifies a statement by its first word.
 *
 * @example statementKind('-- why\n(select 1)').SubstatementType // 'SELECT'
 * @see https://docs.aws.amazon.com/athena/latest/APIReference/API_QueryExecution.html
 */
export function statementKind(sql: string): StatementKind {
  const code = codeOf(sql);
  const first = /[a-z]+/i.exec(code)?.[0].toUpperCase() ?? '';
  if (first === 'CREATE' && /^\s*create\s+table\s[\s\S]*\bas\b/i.test(code))
    return dml('CREATE_TABLE_AS_SELECT');
  return kinds[first] ?? { StatementType: 'DDL', SubstatementType: first || 'UNKNOWN', hasCsv: false };
}

/** Whether it is Hive DDL, which Athena parses with Hive's parser, not Trino's. */
export function isHiveDdl(sql: string): boolean {
  return (
    /^\s*(create\s+external|alter\s+table[\s\S]*\b(add|drop)\s+(if\s+\w+\s+)*partition|msck)\b/i.test(
      codeOf(sql),
    ) || sqlPieces(sql).some(({ kind, text }) => kind === 'name' && text.startsWith('`'))
  );
}

/** Whether the statement calls a function such as `now()`; Athena does not reuse results of those. */
export function isVolatile(sql: string): boolean {
  return /\b(now|random|rand|uuid|shuffle)\s*\(|\bcurrent_(date|time|timestamp)\b|\blocaltime/i.test(
    codeOf(sql),
  );
}

function codeOf(sql: string): string {
  return sqlPieces(sql)
    .map(({ kind, text }) => (kind === 'comment' ? ' ' : kind === 'code' ? text : '""'))
    .join('');
}
