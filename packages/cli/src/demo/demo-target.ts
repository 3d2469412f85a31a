import { mkdir, writeFile } from 'node:fs/promises';
import { extname, join, relative } from 'node:path';
import { type EventsTable, HeadwaterError } from '@headwater/core';
import { schemaFingerprint } from '@headwater/core/internal';
import { findConfig, loadConfig } from '../config/load-config.ts';

/** The table that the demo works with, and the options by which a later command finds the same one. */
export interface DemoTarget {
  readonly table: EventsTable;
  readonly options: readonly string[];
}

/**
 * The table for simulated events is the built-in one; for the user's own files it is that of the config, if there is
 * one. Where the config cannot serve the suggested commands, one that can is written beside the demo's lake.
 *
 * @throws HeadwaterError `CONFIG_*`, `TABLE_UNKNOWN`
 */
export async function demoTarget(
  folder: string,
  isOwnFiles: boolean,
  given: { readonly config: string | undefined; readonly table: string | undefined },
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
  // Built, the template ends in .js like this file.
  const template = new URL(`../template/config${extname(import.meta.url)}`, import.meta.url);
  await writeFile(config, `export { default } from ${JSON.stringify(template.href)};\n`);
  return { table: clickstream, options: ['--config', relative(process.cwd(), config)] };
}

const optionsOf = (given: Readonly<Record<string, string | undefined>>): string[] =>
  Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, value]));
