import { dirname, relative, resolve } from 'node:path';
import type { EventsTable } from '@headwater/core';
import { isS3Location } from '@headwater/storage';
import { repeated } from '../command-line/option.ts';
import { UsageError } from '../command-line/usage-error.ts';
import type { LoadedConfig } from '../config/load-config.ts';

/** The option that gives the files of lookups. */
export const lookupOption = {
  lookup: repeated('NAME=FILE', "The file of a lookup of the table; may be repeated (default: the config's)"),
};

/**
 * The files of a table's lookups: those of `--lookup`, and for the others those of the config.
 *
 * @param given the values of `--lookup`
 * @throws UsageError for a value that is not NAME=FILE, and for a name that is no lookup of the tables
 */
export function lookupFiles(
  given: readonly string[],
  { file, lookups = {} }: Pick<LoadedConfig, 'file' | 'lookups'>,
  table: EventsTable,
  tables: readonly EventsTable[] = [table],
): Readonly<Record<string, string>> {
  const named = new Map(given.map(split));
  const known = [...new Set(tables.flatMap(({ schema }) => Object.keys(schema.lookups ?? {})))];
  const wrong = [...named.keys()].find((name) => !known.includes(name));
  if (wrong !== undefined) {
    const expected = known.length > 0 ? `The lookups are: ${known.join(', ')}.` : 'No table has lookups.';
    throw new UsageError(`--lookup ${wrong}: there is no such lookup. ${expected}`);
  }
  return Object.fromEntries(
    Object.keys(table.schema.lookups ?? {}).flatMap((name) => {
      const path = named.get(name) ?? fromConfig(file, lookups[name]);
      return path === undefined ? [] : [[name, path]];
    }),
  );
}

function split(text: string): [string, string] {
  const at = text.indexOf('=');
  if (at > 0 && at < text.length - 1) return [text.slice(0, at), text.slice(at + 1)];
  throw new UsageError(`--lookup ${text}: expected NAME=FILE, such as page=pages.csv.`);
}

/** Messages name a file by its path from the working folder. */
const fromConfig = (config: string, path: string | undefined): string | undefined =>
  path === undefined || isS3Location(path) ? path : relative(process.cwd(), resolve(dirname(config), path));
