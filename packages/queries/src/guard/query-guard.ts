import { HeadwaterError, type TableSchema } from '@headwater/core';
import { byteSize } from '@headwater/core/internal';
import type { OperationNode } from 'kysely';
import type { LakeSession, Refresh } from '../session/lake-engine.ts';
import type { FinishedQuery, QueryOptions, QueryText } from '../session/query.ts';
import { Admission } from './admission.ts';
import { assertReadable } from './assert-readable.ts';
import type { ResultCache } from './cache/result-cache.ts';
import { resultKey } from './cache/result-key.ts';
import { scanBudgetExceeded } from './cost/scan-budget-exceeded.ts';
import { estimatePlan, estimateScans, type ScanEstimate } from './cost/scan-estimate.ts';
import { scanLimitOf } from './cost/scan-limit.ts';
import { planScans, type TableScan } from './cost/scan-plan.ts';
import { planTextScans } from './cost/text-scan-plan.ts';
import { assertBounded } from './cost/unbounded-scan.ts';
import { finishReportOf } from './finish-report.ts';
import { OpenQueries } from './open-queries.ts';
import { attemptsOf, streamPresentFiles, withPresentFiles } from './present-files.ts';
import { type FilesOf, scannedFiles } from './scanned-files.ts';
import { areFoldersSettled } from './settled-folders.ts';

/** Options for every query of a lake. */
export interface GuardOptions {
  /** The maximum that a query may read, as `5 GB` or in bytes. Defaults to no maximum. */
  readonly maxScan?: string | number | undefined;
  /**
   * When an open lake looks for new commits. Defaults to `query`: a query sees the newest commit at its start. With `never`, the
   * lake stays as its first query saw it; only DuckDB can do that.
   */
  readonly refresh?: Refresh | undefined;
  /** Keeps answers. Defaults to no cache. */
  readonly cache?: ResultCache | undefined;
  /** Called after each query by engines that report what a query scanned: Trino and Athena. */
  readonly onFinish?: ((query: FinishedQuery) => void) | undefined;
}

/** Checks the queries of a lake before they run: estimates what they scan, rejects those above the maximum, and finds cached answers. */
export class QueryGuard {
  readonly queries: OpenQueries;
  readonly #session: LakeSession;
  readonly #tables: readonly TableSchema[];
  readonly #limit: number | undefined;
  readonly #options: GuardOptions;
  readonly #attempts: number;
  /** Plans by the tree of their query. A tree does not change. */
  readonly #planned = new WeakMap<OperationNode, readonly TableScan[]>();

  constructor(session: LakeSession, tables: readonly TableSchema[], options: GuardOptions) {
    this.#session = session;
    this.#tables = tables;
    this.#options = options;
    this.#limit = options.maxScan === undefined ? undefined : byteSize('maxScan', options.maxScan);
    this.#attempts = attemptsOf(session.reads, options.refresh);
    this.queries = new OpenQueries(session.lake ?? session.engine);
  }

  /** The name of the engine. */
  get engine(): string {
    return this.#session.engine;
  }

  /**
   * What a query will read.
   * @throws HeadwaterError `OPTION_INVALID` when the engine's config lacks the lake's address; `SCHEMA_INCOMPATIBLE`,
   *   `PARTITIONING_CHANGED` for a table whose files do not fit its definition
   */
  async estimate(query: QueryText): Promise<ScanEstimate> {
    this.queries.assertOpen();
    const scans = this.#scansOf(query);
    await assertReadable(this.#session, this.#tables, query, scans);
    const files = await scannedFiles(this.#session, scans);
    const estimate = await this.#estimateOf(query, scans, files);
    if (!estimate) throw noLake(this.#session.engine);
    return estimate;
  }

  /**
   * The key of the answer over the present files; undefined when it follows from more than the files, or when nobody can say which files
   * there are.
   * @throws HeadwaterError `SCHEMA_INCOMPATIBLE`, `PARTITIONING_CHANGED`
   */
  async answerKey(query: QueryText): Promise<string | undefined> {
    this.queries.assertOpen();
    const scans = this.#scansOf(query);
    await assertReadable(this.#session, this.#tables, query, scans);
    const files = await scannedFiles(this.#session, scans);
    return files && this.#keyOf(query, scans, files);
  }

  /** Whether this is the key of the answer over the present files, and the folders that the query reads hold those files alone. */
  async isSettled(query: QueryText, key: string): Promise<boolean> {
    this.queries.assertOpen();
    const scans = this.#scansOf(query);
    if (!(await areFoldersSettled({ session: this.#session, scans }))) return false;
    const files = await scannedFiles(this.#session, scans);
    return files !== undefined && this.#keyOf(query, scans, files) === key;
  }

  /**
   * Admits a query, planning it once for the estimate and the cache.
   * @throws HeadwaterError `SCAN_UNBOUNDED`; `SCAN_BUDGET_EXCEEDED`, with the figures; `SCHEMA_INCOMPATIBLE`, `PARTITIONING_CHANGED` for a table
   *   whose files do not fit its definition
   */
  async admit(query: QueryText, given: QueryOptions = {}): Promise<Admission> {
    const session = this.#session;
    const { cache } = this.#options;
    const onFinish = session.reportsScan ? this.#options.onFinish : undefined;
    const own = given.maxScan === undefined ? scanLimitOf(query.query) : byteSize('maxScan', given.maxScan);
    const limit = own ?? this.#limit;
    const told = session.reportsScan ? (given.onFinish ?? finishReportOf(query.query)) : undefined;
    const isFree = limit === undefined && !cache && !onFinish && !told;
    if (isFree && !query.query && !session.assertReadable) return new Admission(given);
    const scans = this.#scansOf(query);
    if (query.query) assertBounded(scans);
    await assertReadable(session, this.#tables, query, scans);
    if (isFree) return new Admission(given);
    const files = await scannedFiles(session, scans);
    // A plan is a request to the server, and is made only to compare it with the maximum.
    const estimate = files || limit !== undefined ? await this.#estimateOf(query, scans, files) : undefined;
    if (!estimate && limit !== undefined) throw noLake(session.engine);
    if (estimate && limit !== undefined && estimate.mostBytes > limit)
      throw scanBudgetExceeded(query.sql, estimate, limit);
    const finish = (finished: FinishedQuery): void => {
      admission.finished(finished);
      const report = estimate
        ? { ...finished, estimatedBytes: estimate.bytes, estimatedMostBytes: estimate.mostBytes }
        : finished;
      onFinish?.(report);
      told?.(report);
    };
    const options = { ...given, onFinish: finish };
    const keyOf = (of: FilesOf) => this.#keyOf(query, scans, of);
    const key = cache && files && keyOf(files);
    const admission =
      cache && key !== undefined
        ? new Admission(options, { cache, session, scans, keyOf, key })
        : new Admission(options);
    return admission;
  }

  /** Runs a query on the present files, and again when a commit removes one of them meanwhile. */
  withPresentFiles<Answer>(run: () => Promise<Answer>): Promise<Answer> {
    return withPresentFiles(this.#attempts, run);
  }

  /** The same for a stream, until its first part was read. */
  streamPresentFiles<Part>(
    begin: () => AsyncIterable<Part> | Promise<AsyncIterable<Part>>,
  ): AsyncIterableIterator<Part> {
    return streamPresentFiles(this.#attempts, begin);
  }

  /** By the files; or by the plan of an engine that reads none. Undefined for one that has neither. */
  async #estimateOf(
    query: QueryText,
    scans: readonly TableScan[],
    files: FilesOf | undefined,
  ): Promise<ScanEstimate | undefined> {
    if (files) return estimateScans(scans, files);
    const readings = await this.#session.plan?.(query);
    return readings && estimatePlan(scans, readings);
  }

  #scansOf({ sql, query }: QueryText): readonly TableScan[] {
    if (!query) return planTextScans(sql, this.#tables);
    // A service asks for the key, the estimate and the rows of one tree; planning a metric takes a millisecond or two.
    const known = this.#planned.get(query);
    if (known) return known;
    const scans = planScans(query, this.#tables);
    this.#planned.set(query, scans);
    return scans;
  }

  #keyOf(query: QueryText, scans: readonly TableScan[], filesOf: FilesOf): string | undefined {
    const { engine, lake = '', place = '' } = this.#session;
    return resultKey(query, { engine, lake, place, tables: this.#tables, scans, filesOf });
  }
}

const noLake = (engine: string): HeadwaterError =>
  new HeadwaterError('OPTION_INVALID', {
    option: 'lake',
    value: 'of the engine',
    expected: `the lake's address in the config of the ${engine} engine: the manifests there have the sizes of files`,
  });
