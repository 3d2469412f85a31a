import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { installHiveHcatalog, sparkEnvironment } from '@headwater/local-aws/testing';
import { cleanedLine, events, hiveColumns, records } from './landed-events.ts';

/** The files, by the form of their events. */
export const hiveFiles = ['cleaned', 'records'] as const;

/**
 * Writes the events of `landed-events.ts` by Hive's writer. It takes half a minute.
 *
 * @returns the path of each file
 */
export async function writeHiveFiles(folder: string): Promise<Record<(typeof hiveFiles)[number], string>> {
  const jar = await installHiveHcatalog();
  const paths = {
    cleaned: join(folder, 'cleaned.parquet'),
    records: join(folder, 'records.parquet'),
  };
  const work = join(folder, 'work');
  await mkdir(work);
  const tables = hiveFiles.map((form) => ({
    name: form,
    columns: hiveColumns(form),
    lines: form === 'cleaned' ? events.map(cleanedLine) : records.map((record) => JSON.stringify(record)),
    out: paths[form],
  }));
  const environment = sparkEnvironment();
  const { PYSPARK_PYTHON: python = 'python3' } = environment;
  const child = spawn(python, [join(import.meta.dirname, 'hive_files.py'), jar], {
    env: { ...process.env, ...environment, JAVA_TOOL_OPTIONS: '-XX:TieredStopAtLevel=1' },
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  child.stdin.end(JSON.stringify({ folder: work, tables }));
  const [log, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')]);
  if (code !== 0) throw new Error(`Hive's writer failed: ${log.slice(-2000)}`);
  return paths;
}
