import type { FinishedQuery, QueryOptions } from '../session/query.ts';
import { telemetry } from './telemetry.ts';

/** What a statement tells about itself while it runs. */
export interface StatementMeasure {
  /** The rows came from the cache. */
  hit(): void;
  /** Options that also tell the span what the engine reports. */
  reporting(options: QueryOptions): QueryOptions;
  /** Rows that came. */
  rows(count: number): void;
}

const nothing: StatementMeasure = { hit() {}, reporting: (options) => options, rows() {} };

/** Runs a statement in a span, and measures its time, its rows and what it read. Neither its text nor its parameters are told. */
export async function measuredStatement<Result>(
  engine: string,
  run: (measure: StatementMeasure) => Promise<Result>,
): Promise<Result> {
  if (!telemetry.isOn()) return run(nothing);
  const of = { 'db.system.name': engine, 'db.operation.name': 'SELECT' } as const;
  const begun = performance.now();
  let failure: string | undefined;
  try {
    return await telemetry.inSpan('SELECT', { kind: 'client', attributes: of }, (span) => {
      let isHit = false;
      span.set({ 'headwater.cache.hit': false });
      return run({
        hit() {
          isHit = true;
          span.set({ 'headwater.cache.hit': true });
        },
        reporting: (options) => ({
          ...options,
          onFinish(finished: FinishedQuery) {
            options.onFinish?.(finished);
            if (isHit) return;
            span.set({ 'headwater.scanned.bytes': finished.scannedBytes });
            telemetry.measure('headwater.queries.scanned', finished.scannedBytes, of);
          },
        }),
        rows(count) {
          span.set({ 'db.response.returned_rows': count });
          telemetry.measure('headwater.queries.rows', count, of);
        },
      });
    });
  } catch (error) {
    const { code, name } = Object(error);
    failure = String(code ?? name ?? 'Error');
    throw error;
  } finally {
    const seconds = (performance.now() - begun) / 1000;
    telemetry.measure('db.client.operation.duration', seconds, { ...of, 'error.type': failure });
  }
}

/** A statement whose rows are streamed: its span is made when the last of them was read, or left. */
export async function streamedStatement(
  engine: string,
  begun: number,
  { rows, isHit }: { readonly rows: number; readonly isHit: boolean },
): Promise<void> {
  if (!telemetry.isOn()) return;
  const of = { 'db.system.name': engine, 'db.operation.name': 'SELECT' } as const;
  const milliseconds = Date.now() - begun;
  telemetry.measure('headwater.queries.rows', rows, of);
  telemetry.measure('db.client.operation.duration', milliseconds / 1000, of);
  const attributes = { ...of, 'headwater.cache.hit': isHit, 'db.response.returned_rows': rows };
  await telemetry.spanned('SELECT', { kind: 'client', attributes }, begun, milliseconds);
}
