import { deserialize, serialize } from 'node:v8';
import { HeadwaterError, type TableSchema } from '@headwater/core';
import { byteSize, type DataFile } from '@headwater/core/internal';
import type { LakeSession } from '../session/lake-engine.ts';
import type { FinishedQuery, QueryOptions, QueryText } from '../session/query.ts';
import type { ResultCache } from './cache/result-cache.ts';
import { resultKey } from './cache/result-key.ts';
import { estimateScans, type ScanEstimate } from './cost/scan-estimate.ts';
import { scanLimitOf } from './cost/scan-limit.ts';
import { planScans, type TableScan } from './cost/scan-plan.ts';
import { planTextScans } from './cost/text-scan-plan.ts';

/** What is looked after for every query of a lake. */
export interface GuardOptions {
  readonly maxScan?: string | number | undefined;
  readonly cache?: ResultCache | undefined;
  readonly onFinish?: ((query: FinishedQuery) => void) | undefined;
}

/** A query that may run: the options to run it with, and what an earlier answer would be called. */
export interface Admission {
  readonly options: QueryOptions;
  readonly key: string | undefined;
}

/** Looks after the queries of a lake before they run: what they will read, and whether the answer is at hand. */
export class QueryGuard {
  readonly #session: LakeSession;
  readonly #tables: readonly TableSchema[];
  readonly #limit: number | undefined;
  readonly #options: GuardOptions;

  constructor(session: LakeSession, tables: readonly TableSchema[], options: GuardOptions) {
    this.#session = session;
    this.#tables = tables;
    this.#options = options;
    this.#limit = options.maxScan === undefined ? undefined : byteSize('maxScan', options.maxScan);
  }

  /**
   * What a query will read.
   * @throws HeadwaterError `OPTION_INVALID` when the engine was not told where the lake is
   */
  async estimate(query: QueryText): Promise<ScanEstimate> {
    const scans = this.#scansOf(query);
    const files = await this.#filesOf(scans);
    if (!files) throw noLake(this.#session.engine);
    return estimateScans(scans, files);
  }

  /**
   * Lets a query through.
   * @throws HeadwaterError `SCAN_BUDGET_EXCEEDED`, with the figures
   */
  async admit(query: QueryText, given: QueryOptions = {}): Promise<Admission> {
    const { cache, onFinish } = this.#options;
    const own = given.maxScan === undefined ? scanLimitOf(query.query) : byteSize('maxScan', given.maxScan);
    const limit = own ?? this.#limit;
    if (limit === undefined && !cache && !onFinish) return { options: given, key: undefined };
    const scans = this.#scansOf(query);
    const files = await this.#filesOf(scans);
    if (!files && limit !== undefined) throw noLake(this.#session.engine);
    const estimate = files && estimateScans(scans, files);
    if (estimate && limit !== undefined && estimate.mostBytes > limit)
      throw overBudget(query.sql, estimate, limit);
    const heard = (finished: FinishedQuery): void => {
      const told = estimate
        ? { ...finished, estimatedBytes: estimate.bytes, estimatedMostBytes: estimate.mostBytes }
        : finished;
      onFinish?.(told);
      given.onFinish?.(told);
    };
    return {
      options: { ...given, onFinish: heard },
      key: cache && files ? this.#keyOf(query, scans, files) : undefined,
    };
  }

  /** The rows of an earlier answer, in their order. */
  async cached<Row>({ key }: Admission): Promise<Row[] | undefined> {
    const bytes = key === undefined ? undefined : await this.#options.cache?.store.get(key);
    return bytes && (deserialize(bytes) as Row[]);
  }

  /** Bytes of an answer that is kept, at most. */
  get mostKept(): number {
    return this.#options.cache?.mostBytes ?? 0;
  }

  /**
   * Whether the answer to a query that is about to run may be kept. An engine that reads folders sees what was not
   * committed, or no longer is: an answer of that moment would outlast it.
   */
  async mayKeep(query: QueryText, { key }: Admission): Promise<boolean> {
    if (key === undefined) return false;
    const { isSettled } = this.#session;
    if (!isSettled) return true;
    const scans = new Map(
      this.#scansOf(query).map(({ table, days }) => [JSON.stringify([table, days]), { table, days }]),
    );
    // Folders that cannot be listed are not known to be settled; the query needs no such right.
    const settled = await Promise.all(
      [...scans.values()].map(({ table, days }) => isSettled(table, days).catch(() => false)),
    );
    return settled.every(Boolean);
  }

  /** Keeps an answer, unless there was a commit while it was made, or it is large. */
  async keep(query: QueryText, admission: Admission, rows: readonly unknown[]): Promise<void> {
    const { cache } = this.#options;
    const { key } = admission;
    if (!cache || key === undefined) return;
    const bytes = serialize(rows);
    if (bytes.byteLength > this.mostKept || !(await this.mayKeep(query, admission))) return;
    const scans = this.#scansOf(query);
    const files = await this.#filesOf(scans);
    if (files && this.#keyOf(query, scans, files) === key) await cache.store.set(key, bytes);
  }

  #scansOf({ sql, query }: QueryText): TableScan[] {
    return query ? planScans(query, this.#tables) : planTextScans(sql, this.#tables);
  }

  #keyOf(query: QueryText, scans: readonly TableScan[], filesOf: FilesOf): string | undefined {
    const { engine, lake = '', place = '' } = this.#session;
    return resultKey(query, { engine, lake, place, tables: this.#tables, scans, filesOf });
  }

  async #filesOf(scans: readonly TableScan[]): Promise<FilesOf | undefined> {
    const { files } = this.#session;
    if (!files) return undefined;
    const names = [...new Set(scans.map(({ table }) => table))];
    const known = new Map(await Promise.all(names.map(async (name) => [name, await files(name)] as const)));
    return (table) => known.get(table) ?? [];
  }
}

type FilesOf = (table: string) => readonly DataFile[];

const noLake = (engine: string): HeadwaterError =>
  new HeadwaterError('OPTION_INVALID', {
    option: 'lake',
    value: 'of the engine',
    expected: `the lake's address in the ${engine} engine's settings, to know the sizes of its files`,
  });

function overBudget(sql: string, { bytes, mostBytes, tables }: ScanEstimate, limit: number): HeadwaterError {
  const [first] = tables.flatMap(({ days }) => days?.[0] ?? []).toSorted();
  const last = tables
    .flatMap(({ days }) => days?.[1] ?? [])
    .toSorted()
    .at(-1);
  return new HeadwaterError('SCAN_BUDGET_EXCEEDED', {
    sql,
    bytes,
    mostBytes,
    limit,
    tables: [...new Set(tables.map(({ table }) => table))],
    columns: [...new Set(tables.flatMap(({ columns }) => columns))],
    partitions: tables.reduce((sum, { partitions }) => sum + partitions, 0),
    ...(first === undefined || last === undefined ? {} : { days: [first, last] }),
  });
}
