import { inject } from 'vitest';
import { z } from 'zod';

const page = z.object({
  data: z.array(z.array(z.unknown())).optional(),
  error: z.object({ message: z.string() }).optional(),
  nextUri: z.string().optional(),
});

/**
 * Runs a statement on the stand-in's Trino and gives its rows as Trino's own JSON
 * (https://trino.io/docs/current/develop/client-protocol.html). Tests of statements use it so that no code under test
 * reads the answer.
 *
 * @param database the Glue database of table names without one
 * @throws Error with Trino's message
 */
export async function trinoRows(sql: string, database = 'default'): Promise<unknown[][]> {
  const engines = inject('engines');
  const url = 'missing' in engines ? '' : engines.trino;
  const headers = {
    'X-Trino-User': 'headwater',
    'X-Trino-Catalog': 'awsdatacatalog',
    'X-Trino-Schema': database,
  };
  const rows: unknown[][] = [];
  let response = await fetch(`${url}/v1/statement`, { method: 'POST', body: sql, headers });
  for (;;) {
    const { data = [], error, nextUri } = page.parse(await response.json());
    if (error) throw new Error(error.message);
    rows.push(...data);
    if (nextUri === undefined) return rows;
    response = await fetch(nextUri);
  }
}
