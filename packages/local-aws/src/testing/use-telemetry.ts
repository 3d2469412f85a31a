import { context, metrics, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import {
  InMemorySpanExporter,
  type ReadableSpan,
  SimpleSpanProcessor,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import { afterAll, beforeAll, beforeEach } from 'vitest';

/** A span that ended, with the spans inside. */
export interface SpanTree {
  readonly name: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** The message of the status of an error, or none. */
  readonly failure: string | undefined;
  /** The names and attributes of its events: exceptions. */
  readonly events: readonly { readonly name: string; readonly attributes: object }[];
  readonly children: readonly SpanTree[];
}

/** What a test reads of the spans and metrics of the code that it runs. */
export interface TelemetryRecord {
  /** The spans that ended since the test began, in the order of their starts. */
  spans(): readonly SpanTree[];
  /** The sums of counters, and the counts of histograms, since the test began: by name and attributes as JSON. */
  measured(): Promise<Readonly<Record<string, number>>>;
}

/** Registers an SDK of OpenTelemetry that keeps everything in memory, for the tests of the calling file. */
export function useTelemetry(): TelemetryRecord {
  const exporter = new InMemorySpanExporter();
  const kept = new InMemoryMetricExporter(AggregationTemporality.DELTA);
  const reader = new PeriodicExportingMetricReader({ exporter: kept, exportIntervalMillis: 3_600_000 });
  const meters = new MeterProvider({ readers: [reader] });
  beforeAll(() => {
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    trace.setGlobalTracerProvider(
      new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] }),
    );
    metrics.setGlobalMeterProvider(meters);
  });
  afterAll(async () => {
    await meters.shutdown();
    trace.disable();
    metrics.disable();
    context.disable();
  });
  beforeEach(async () => {
    await meters.forceFlush();
    exporter.reset();
    kept.reset();
  });
  return {
    spans: () => treesOf(exporter.getFinishedSpans()),
    async measured() {
      await meters.forceFlush();
      const points = kept
        .getMetrics()
        .flatMap(({ scopeMetrics }) => scopeMetrics)
        .flatMap((scope) => scope.metrics)
        .flatMap(({ descriptor, dataPoints }) =>
          dataPoints.map(({ attributes, value }): [string, number] => [
            `${descriptor.name} ${JSON.stringify(attributes)}`,
            typeof value === 'number' ? value : Object(value).count,
          ]),
        );
      return Object.fromEntries(points);
    },
  };
}

const instant = ({ startTime: [seconds, nanoseconds] }: ReadableSpan): number => seconds * 1e9 + nanoseconds;

function treesOf(spans: readonly ReadableSpan[], parent?: string): SpanTree[] {
  const known = new Set(spans.map((span) => span.spanContext().spanId));
  return spans
    .filter(({ parentSpanContext: of }) =>
      parent === undefined ? of === undefined || !known.has(of.spanId) : of?.spanId === parent,
    )
    .toSorted((a, b) => instant(a) - instant(b))
    .map((span) => ({
      name: span.name,
      attributes: { ...span.attributes },
      failure: span.status.code === 2 ? span.status.message : undefined,
      events: span.events.map(({ name, attributes = {} }) => ({ name, attributes })),
      children: treesOf(spans, span.spanContext().spanId),
    }));
}
