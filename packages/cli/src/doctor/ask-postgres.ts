import { closeLake, createLake, sql } from '@headwater/queries';
import { postgresEngine } from '@headwater/queries/postgres';
import type { LoadedConfig } from '../config/load-config.ts';
import { counted } from '../output/figures.ts';

/**
 * Asks the PostgreSQL of a config for its version, and which of the config's tables it has.
 *
 * @returns what it says, in words
 * @throws HeadwaterError when it cannot be asked; no message has the URL's password
 */
export async function askPostgres({ tables, postgres }: LoadedConfig, url: string): Promise<string> {
  const engine = postgresEngine({ ...postgres, url });
  const lake = createLake({ tables, engine });
  try {
    const names = tables.map(({ name }) => name);
    const { batches } = await sql(
      lake,
      "select current_setting('server_version') as version, current_database() as database, " +
        'array_to_json(array(select name from unnest($1::text[]) as name where to_regclass(quote_ident(name)) is null)) as missing',
      [names],
    );
    for await (const [row] of batches()) {
      const missing = row?.['missing'] as readonly string[];
      const held = `${counted(names.length - missing.length, 'table')} of the config`;
      const lacks = missing.length > 0 ? `; not yet loaded: ${missing.join(', ')}` : '';
      return `${row?.['version']}, database ${row?.['database']}: ${held}${lacks}`;
    }
    throw new Error('it gave no answer');
  } finally {
    await closeLake(lake);
  }
}
