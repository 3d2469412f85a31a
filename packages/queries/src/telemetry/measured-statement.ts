import { errorType } from '@headwater/core/internal';
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

/** What a statement whose rows are streamed tells about itself. */
export interface StreamMeasure extends StatementMeasure {
  /** The last row was read or left, or an error ended the statement. */
  end(error?: unknown): Promise<void>;
}

const nothing: StreamMeasure = { hit() {}, reporting: (options) => options, rows() {}, async end() {} };

/** The attributes of every statement of an engine. */
const statementOf = (engine: string) =>
  ({ 'db.system.name': engine, 'db.operation.name': 'SELECT' }) as const;

type Statement = ReturnType<typeof statementOf>;

interface Told {
  readonly 'headwater.cache.hit'?: boolean;
  readonly 'headwater.scanned.bytes'?: number;
  readonly 'db.response.returned_rows'?: number;
}

/** @param tell gives attributes to the span */
function measureOf(of: Statement, tell: (attributes: Told) => void): StatementMeasure {
  tell({ 'headwater.cache.hit': false });
  return {
    hit: () => tell({ 'headwater.cache.hit': true }),
    reporting: (options) => ({
      ...options,
      onFinish(finished: FinishedQuery) {
        options.onFinish?.(finished);
        tell({ 'headwater.scanned.bytes': finished.scannedBytes });
        telemetry.measure('headwater.queries.scanned', finished.scannedBytes, of);
      },
    }),
    rows(count) {
      tell({ 'db.response.returned_rows': count });
      telemetry.measure('headwater.queries.rows', count, of);
    },
  };
}

function measureTime(of: Statement, milliseconds: number, error: unknown): void {
  const failure = error === undefined ? undefined : errorType(error);
  telemetry.measure('db.client.operation.duration', milliseconds / 1000, { ...of, 'error.type': failure });
}

/** Runs a statement in a span, and measures its time, its rows and what it read. Neither its text nor its parameters are told. */
export async function measuredStatement<Result>(
  engine: string,
  run: (measure: StatementMeasure) => Promise<Result>,
): Promise<Result> {
  if (!telemetry.isOn()) return run(nothing);
  const of = statementOf(engine);
  const begun = performance.now();
  let failure: unknown;
  try {
    return await telemetry.inSpan('SELECT', { kind: 'client', attributes: of }, (span) =>
      run(measureOf(of, (attributes) => span.set(attributes))),
    );
  } catch (error) {
    failure = error;
    throw error;
  } finally {
    measureTime(of, performance.now() - begun, failure);
  }
}

/** Measures the same of a statement whose rows are streamed. Its span is made at its end: the caller runs between its rows. */
export function streamedStatement(engine: string): StreamMeasure {
  if (!telemetry.isOn()) return nothing;
  const of = statementOf(engine);
  const started = Date.now();
  let told: Told = {};
  const measure = measureOf(of, (attributes) => {
    told = { ...told, ...attributes };
  });
  return {
    ...measure,
    async end(error) {
      const milliseconds = Date.now() - started;
      measureTime(of, milliseconds, error);
      const attributes = { ...of, ...told };
      await telemetry.spanned('SELECT', { kind: 'client', attributes }, { started, milliseconds, error });
    },
  };
}
