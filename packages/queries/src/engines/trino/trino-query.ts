import type { QueryOptions, QueryText } from '../../session/query.ts';
import { type TrinoPage, trinoPages } from './trino-client.ts';
import type { TrinoEngineConfig } from './trino-engine.ts';
import { trinoLiteral } from './trino-literal.ts';
import type { TrinoResult } from './trino-result.ts';
import { typeFromSignature } from './trino-type.ts';

/**
 * Runs a compiled query on Trino.
 *
 * @throws HeadwaterError `QUERY_PARAMETER_INVALID`, `QUERY_FAILED`, `QUERY_UNAVAILABLE`
 */
export async function runTrino(
  config: TrinoEngineConfig,
  query: QueryText,
  { signal, onFinish }: QueryOptions = {},
): Promise<TrinoResult> {
  const { sql } = query;
  const answers = trinoPages(config, { text: statementOf(query), shown: sql }, signal);
  const heard = ({ id, nextUri, stats }: TrinoPage): void => {
    if (nextUri !== undefined) return;
    const { physicalInputBytes = 0, elapsedTimeMillis = 0 } = stats;
    onFinish?.({
      engine: 'trino',
      queryId: id,
      sql,
      milliseconds: elapsedTimeMillis,
      scannedBytes: physicalInputBytes,
      reused: false,
    });
  };
  // Answers before the columns only report that the query is queued.
  const rows: TrinoPage['data'][] = [];
  for (;;) {
    const { value: page, done } = await answers.next();
    if (done) return { columns: [], async *pages() {} };
    heard(page);
    if (page.data) rows.push(page.data);
    if (!page.columns) continue;
    const columns = page.columns.map(({ name, type, typeSignature }) => ({
      name,
      text: type,
      type: typeFromSignature(typeSignature),
    }));
    return {
      columns,
      async *pages() {
        try {
          for (const data of rows) if (data) yield data;
          for await (const page of answers) {
            heard(page);
            if (page.data) yield page.data;
          }
        } finally {
          await answers.return();
        }
      },
    };
  }
}

/**
 * The statement with its parameters as typed literals: `EXECUTE IMMEDIATE '...' USING ...`
 * (https://trino.io/docs/current/sql/execute-immediate.html). A prepared statement would be sent in a header, whose size
 * servers and proxies limit.
 */
function statementOf({ sql, parameters }: QueryText): string {
  if (parameters.length === 0) return sql;
  const literals = parameters.map((value, index) => trinoLiteral(value, index + 1));
  return `EXECUTE IMMEDIATE ${trinoLiteral(sql, 0)} USING ${literals.join(', ')}`;
}
