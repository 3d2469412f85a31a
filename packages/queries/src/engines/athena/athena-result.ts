import type { ColumnInfo, GetQueryResultsOutput, QueryExecution, Row } from '@aws-sdk/client-athena';
import { trinoType } from '@headwater/core/internal';
import type { TrinoResult } from '../trino/trino-result.ts';
import type { TrinoType } from '../trino/trino-type.ts';
import { typeOfColumn } from '../trino/type-of-column.ts';
import { type AboutCall, callAthena } from './athena-call.ts';
import type { AthenaClients } from './athena-clients.ts';
import { jsonTexts } from './json-texts.ts';
import type { NestedAnswer } from './nested-answers.ts';
import { resultBytes } from './result-bytes.ts';
import { csvPages } from './result-csv.ts';

/**
 * Opens the result of a query that has succeeded. The first page has the types and 1,000 rows. When there are more rows,
 * all are read from the result file, as one stream. A workgroup with managed results has no file; there the other pages
 * are fetched.
 *
 * @param nested columns that the query selects as JSON
 */
export async function openAthenaResult(
  clients: AthenaClients,
  sql: string,
  execution: QueryExecution,
  nested: readonly NestedAnswer[],
  signal: AbortSignal | undefined,
): Promise<TrinoResult> {
  const { GetQueryResultsCommand } = await import('@aws-sdk/client-athena');
  const { QueryExecutionId: queryId = '', ResultConfiguration, StatementType } = execution;
  const about = { sql, queryId, signal };
  const pageAt = (NextToken?: string): Promise<GetQueryResultsOutput> =>
    callAthena(about, () =>
      clients.athena.send(
        new GetQueryResultsCommand({ QueryExecutionId: queryId, MaxResults: 1000, NextToken }),
      ),
    );
  const first = await pageAt();
  // The first row of a query's result is the names of its columns; other statements have no such row.
  const skipped = StatementType === 'DML' ? 1 : 0;
  const file = ResultConfiguration?.OutputLocation;
  const columns = (first.ResultSet?.ResultSetMetadata?.ColumnInfo ?? []).map((info) => {
    const { Name: name = '' } = info;
    const column = nested.find((one) => one.name === name)?.column;
    const text = column ? trinoType(column.type) : typeText(info);
    return {
      name,
      text,
      type: column ? typeOfColumn(column.type) : typeOf(info),
      isJson: column !== undefined,
    };
  });
  async function* pages(): AsyncIterableIterator<readonly (readonly unknown[])[]> {
    const json = columns.flatMap(({ isJson }, index) => (isJson ? [index] : []));
    for await (const page of textPages()) {
      yield json.length === 0
        ? page
        : page.map((row) =>
            row.map((value, index) => (value !== null && json.includes(index) ? jsonTexts(value) : value)),
          );
    }
  }
  async function* textPages(): AsyncIterableIterator<(string | null)[][]> {
    if (first.NextToken === undefined) {
      yield valuesOf(first.ResultSet?.Rows, skipped);
    } else if (file === undefined) {
      yield valuesOf(first.ResultSet?.Rows, skipped);
      for (let token: string | undefined = first.NextToken; token !== undefined; ) {
        const page = await pageAt(token);
        yield valuesOf(page.ResultSet?.Rows, 0);
        token = page.NextToken;
      }
    } else {
      yield* pagesOfFile(clients, about, file, skipped);
    }
  }
  return { columns, pages };
}

async function* pagesOfFile(
  clients: AthenaClients,
  about: AboutCall,
  file: string,
  skipped: number,
): AsyncIterableIterator<(string | null)[][]> {
  let toSkip = skipped;
  for await (const page of csvPages(resultBytes(clients, about, file))) {
    yield toSkip > 0 ? page.slice(toSkip) : page;
    toSkip = 0;
  }
}

const valuesOf = (rows: readonly Row[] = [], skipped: number): (string | null)[][] =>
  rows.slice(skipped).map(({ Data = [] }) => Data.map(({ VarCharValue }) => VarCharValue ?? null));

/** The service gives a type's name without the types inside, and a decimal's precision and scale apart from the name. */
function typeOf({ Type = 'varchar', Precision = 0, Scale = 0 }: ColumnInfo): TrinoType {
  const numbers = Type === 'decimal' ? [Precision, Scale] : [];
  return { name: Type.toLowerCase(), numbers, members: [] };
}

const typeText = ({ Type = '', Precision, Scale }: ColumnInfo): string =>
  Type === 'decimal' ? `decimal(${Precision}, ${Scale})` : Type;
