import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { DataType, EventsTable, InferRow } from '@headwater/core';
import {
  type DataFile,
  duckdbType,
  type Manifest,
  manifestPath,
  manifestSchemaOf,
  quoteName,
  quoteText,
} from '@headwater/core/internal';

/** A lake written by the test itself: Parquet files by DuckDB, one manifest for each call of `commit`. */
export interface MadeLake {
  readonly folder: string;
  /** @param replaced files that the commit takes out of the lake; they are removed, as a compaction does */
  commit<Table extends EventsTable>(
    table: Table,
    rows: readonly InferRow<Table>[],
    replaced?: readonly DataFile[],
  ): Promise<Manifest>;
  remove(): Promise<void>;
}

const literal = (value: unknown, type?: DataType): string => {
  if (value === null || value === undefined) return 'NULL';
  if (value instanceof Date) return `TIMESTAMP ${quoteText(value.toISOString().slice(0, -1))}`;
  if (Array.isArray(value))
    return `[${value.map((item) => literal(item, type?.kind === 'list' ? type.element : undefined)).join(', ')}]`;
  if (typeof value === 'object') {
    const members = Object.entries(value).map(([name, item]) => `${quoteText(name)}: ${literal(item)}`);
    return `${type?.kind === 'map' ? 'MAP ' : ''}{${members.join(', ')}}`;
  }
  // DuckDB ends a statement's text at a null byte.
  return typeof value === 'string' ? quoteText(value).replaceAll('\0', "' || chr(0) || '") : String(value);
};

const nested: ReadonlySet<string> = new Set(['list', 'struct', 'map']);

const stored: Readonly<Record<string, string>> = {
  int64: 'BIGINT',
  int32: 'INTEGER',
  double: 'DOUBLE',
  timestamp: 'TIMESTAMP',
};

/**
 * Makes an empty lake in a temporary folder.
 *
 * @param below folders between that folder and the lake
 */
export async function makeLake(below = ''): Promise<MadeLake> {
  const temporary = await mkdtemp(join(tmpdir(), 'headwater-queries-'));
  const folder = join(temporary, below);
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const sequences = new Map<string, number>();
  return {
    folder,
    async commit(table, rows, replaced = []) {
      const { schema } = table;
      const columns = schema.columns.map(({ name, type }) => {
        const text =
          type.kind === 'decimal'
            ? `DECIMAL(${type.precision},${type.scale})`
            : (stored[type.kind] ?? (nested.has(type.kind) ? duckdbType(type) : 'VARCHAR'));
        return `CAST(${quoteName(name)} AS ${text}) AS ${quoteName(name)}`;
      });
      const names = schema.columns.map(({ name }) => quoteName(name)).join(', ');
      const { time, hour, columns: further } = schema.partitioning;
      const folderOf = (row: Record<string, unknown>): string => {
        const at = (row[time] as Date).toISOString();
        const hours = hour ? [`hour=${at.slice(11, 13)}`] : [];
        return [`dt=${at.slice(0, 10)}`, ...hours, ...further.map((name) => `${name}=${row[name]}`)].join(
          '/',
        );
      };
      const added: DataFile[] = [];
      for (const [folders, group] of Map.groupBy(rows as readonly Record<string, unknown>[], folderOf)) {
        const hash = randomBytes(16).toString('hex');
        const path = `${table.name}/${folders}/part-${hash.slice(0, 16)}.parquet`;
        await mkdir(dirname(join(folder, path)), { recursive: true });
        const values = group.map(
          (row) => `(${schema.columns.map(({ name, type }) => literal(row[name], type)).join(', ')})`,
        );
        const select = `SELECT ${columns.join(', ')} FROM (VALUES ${values.join(', ')}) AS t(${names})`;
        await connection.run(
          `COPY (${select}) TO ${quoteText(join(folder, path))} (FORMAT parquet, COMPRESSION zstd)`,
        );
        const { size: bytes } = await stat(join(folder, path));
        added.push({ path, day: folders.slice(3, 13), rows: group.length, bytes, hash });
      }
      const sequence = (sequences.get(table.name) ?? 0) + 1;
      sequences.set(table.name, sequence);
      const accounting = { rowsIn: rows.length, rowsOut: rows.length, duplicates: 0, quarantined: 0 };
      const manifest: Manifest = {
        version: 1,
        table: table.name,
        sequence,
        runId: `run-${sequence}`,
        operation: 'load',
        startedAt: '2024-01-01T00:00:00.000Z',
        seconds: 0,
        headwater: '0.1.0',
        schema: manifestSchemaOf(schema),
        inputs: [],
        ...accounting,
        reasons: {},
        added,
        removed: replaced.map(({ path }) => path),
        quarantineAdded: [],
        quarantineRemoved: [],
      };
      const file = join(folder, manifestPath(table.name, sequence));
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, JSON.stringify(manifest));
      for (const { path } of replaced) await rm(join(folder, path));
      return manifest;
    },
    async remove() {
      connection.closeSync();
      instance.closeSync();
      await rm(temporary, { recursive: true });
    },
  };
}
