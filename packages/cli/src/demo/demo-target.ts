import { mkdir, writeFile } from 'node:fs/promises';
import { extname, join, relative } from 'node:path';
import { type EventsTable, HeadwaterError } from '@headwater/core';
import { schemaFingerprint } from '@headwater/core/internal';
import { findConfig, loadConfig } from '../config/load-config.ts';

interface TableChoice {
  readonly config: string | undefined;
  readonly table: string | undefined;
}

/** The table of the demo, and the options that choose it in a later command. */
export interface DemoTarget {
  readonly table: EventsTable;
  readonly options: readonly string[];
}

/**
 * Chooses the table: the built-in one for simulated events, that of the config, if there is one, for the user's own files.
 * Where no config defines the table, one that does is written beside the demo's lake.
 *
 * @throws HeadwaterError `CONFIG_*`, `TABLE_UNKNOWN`
 */
export async function demoTarget(
  folder: string,
  isOwnFiles: boolean,
  given: TableChoice,
): Promise<DemoTarget> {
  const { default: builtin } = await import('../template/config.ts');
  const [clickstream] = builtin.tables;
  const file = given.config ?? findConfig(process.cwd());
  if (file !== undefined && (isOwnFiles || given.config !== undefined || given.table !== undefined)) {
    const { tables } = await loadConfig(given.config);
    const table = given.table === undefined ? tables[0] : tables.find(({ name }) => name === given.table);
    if (!table)
      throw new HeadwaterError('TABLE_UNKNOWN', {
        table: given.table ?? '',
        known: tables.map(({ name }) => name),
      });
    return { table, options: optionsOf(given) };
  }
  if (file !== undefined) {
    const found = await loadConfig(file).catch(() => undefined);
    const [first] = found?.tables ?? [];
    const isSame =
      first &&
      first.name === clickstream.name &&
      schemaFingerprint(first.schema) === schemaFingerprint(clickstream.schema);
    if (isSame) return { table: first, options: [] };
  }
  await mkdir(folder, { recursive: true });
  const config = join(folder, 'headwater.config.mjs');
  // The built template ends in .js, like this file once built.
  const template = new URL(`../template/config${extname(import.meta.url)}`, import.meta.url);
  await writeFile(config, `export { default } from ${JSON.stringify(template.href)};\n`);
  return { table: clickstream, options: ['--config', relative(process.cwd(), config)] };
}

/** Only the options that choose the table: the caller may hold others. */
const optionsOf = ({ config, table }: TableChoice): string[] => [
  ...(config === undefined ? [] : ['--config', config]),
  ...(table === undefined ? [] : ['--table', table]),
];
