import { inject } from 'vitest';
import { z } from 'zod';

const page = z.object({
  data: z.array(z.array(z.unknown())).optional(),
  error: z.object({ message: z.string() }).optional(),
  nextUri: z.string().optional(),
});

/**
 * The rows of a statement run by the engines' Trino, in its own JSON
 * (https://trino.io/docs/current/develop/client-protocol.html). For tests of statements: answers are read as Trino gives
 * them, by nothing that is tested.
 *
 * @param database the Glue database that names without one are looked for in
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
