import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { type LoadReport, loadEvents } from '@headwater/etl';
import { afterAll, beforeAll } from 'vitest';
import type { InventedShop, InventedSize, RefusedLine } from '../invented/invented-shop.ts';
import type { ShopCase } from './shop-case.ts';

/** A shop's files in a lake, for all tests of a `describe`. */
export interface LoadedShop {
  readonly lake: string;
  readonly invented: InventedShop;
  readonly reports: readonly LoadReport[];
  /** What the quarantine has. */
  refused(): Promise<RefusedLine[]>;
}

/** Writes the files of a shop of this size, and loads them. */
export function withLoadedShop({ table, invent, loads }: ShopCase, size: InventedSize): LoadedShop {
  const invented = invent(size);
  const reports: LoadReport[] = [];
  let folder = '';
  const lake = () => join(folder, 'lake');
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'headwater-shop-'));
    for (const [name, text] of Object.entries(invented.files)) await writeFile(join(folder, name), text);
    for (const { file, source, lookups = {} } of loads) {
      const beside = Object.entries(lookups).map(([name, path]) => [name, join(folder, path)]);
      const report = await loadEvents({
        ...{ table, lake: lake(), inputs: [join(folder, file)] },
        ...(source === undefined ? {} : { source }),
        ...(beside.length > 0 ? { lookups: Object.fromEntries(beside) } : {}),
      });
      reports.push(report);
    }
  });
  afterAll(() => rm(folder, { recursive: true }));
  return {
    get lake() {
      return lake();
    },
    invented,
    reports,
    refused: () => refusedLines(lake(), table.name),
  };
}

async function refusedLines(lake: string, table: string): Promise<RefusedLine[]> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const files = join(lake, `${table}__quarantine`, '**', '*.parquet');
    const reader = await connection.runAndReadAll(
      `SELECT parse_filename(source) AS file, line::integer AS line,
        list_transform(reasons, lambda one: coalesce(one."column", '') || ':' || one.code) AS reasons
      FROM read_parquet('${files}') ORDER BY ALL`,
    );
    return reader.getRowObjectsJson() as unknown as RefusedLine[];
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
