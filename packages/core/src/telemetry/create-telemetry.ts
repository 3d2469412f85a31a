import { headwaterVersion } from '../headwater-version.ts';
import type { TelemetryApi, TelemetrySpan } from './telemetry-api.ts';

/** A value of an attribute: a count, a name, a flag. */
export type AttributeValue = string | number | boolean;

/** A name of a table of names. */
type Name<Table> = Extract<keyof Table, string>;

/** The names that a package uses, each with what it means. */
export interface TelemetryNames {
  readonly spans: Readonly<Record<string, string>>;
  readonly attributes: Readonly<Record<string, string>>;
  /** With units in the notation of UCUM, such as `{row}`, `By`, `s`. */
  readonly metrics: Readonly<
    Record<
      string,
      { readonly kind: 'counter' | 'histogram'; readonly unit: string; readonly meaning: string }
    >
  >;
}

/** Attributes of the names of a package. What is undefined is left out. */
export type Attributes<Names extends TelemetryNames> = {
  readonly [Attribute in Name<Names['attributes']>]?: AttributeValue | undefined;
};

/** What a span can be given while it lasts. */
export interface SpanHandle<Names extends TelemetryNames> {
  set(attributes: Attributes<Names>): void;
}

/** How a span stands to others (https://opentelemetry.io/docs/specs/otel/trace/api/#spankind). */
export type SpanKindName = 'internal' | 'client' | 'producer' | 'consumer';

const kinds: Readonly<Record<SpanKindName, number>> = { internal: 0, client: 2, producer: 3, consumer: 4 };

/** What a span is begun with. */
export interface SpanOptions<Names extends TelemetryNames> {
  readonly attributes?: Attributes<Names>;
  readonly kind?: SpanKindName;
  /** What the span is about, which follows its name: a table, a stream. */
  readonly of?: string;
}

/** When a span was that has passed. */
export interface PassedTime {
  /** Milliseconds since 1970. */
  readonly started: number;
  readonly milliseconds: number;
  /** What it ended with. Absent: it ended well. */
  readonly error?: unknown;
}

/** The spans and metrics of a package. */
export interface Telemetry<Names extends TelemetryNames> {
  /** Whether somebody registered an SDK. Nothing is measured or loaded without one. */
  isOn(): boolean;
  /** Runs work in a span. An error ends it with the status of an error, and is thrown on. */
  inSpan<Result>(
    name: Name<Names['spans']>,
    options: SpanOptions<Names>,
    work: (span: SpanHandle<Names>) => Promise<Result>,
  ): Promise<Result>;
  /** A span that has passed. */
  spanned(name: Name<Names['spans']>, options: SpanOptions<Names>, passed: PassedTime): Promise<void>;
  /** Gives attributes to the span in which the caller runs, if there is one. */
  annotate(attributes: Attributes<Names>): void;
  /** Adds to a counter, or records a value of a histogram. */
  measure(name: Name<Names['metrics']>, value: number, attributes?: Attributes<Names>): void;
}

/** Where copies of the API of version 1 share what an SDK has registered. Absent: there is no SDK. */
const registered = Symbol.for('opentelemetry.js.api.1');

const ignored: SpanHandle<TelemetryNames> = { set() {} };

/**
 * Spans and metrics by the API of OpenTelemetry. The API is loaded once an SDK has registered itself: a program without one pays for
 * a look at a symbol, and for nothing else.
 *
 * Names are typed by their table, so that no other is used. Attributes are counts and names of the definition. Errors are recorded by their code: messages
 * may have values of rows.
 *
 * @param scope the name of the package
 * @param load imports `@opentelemetry/api`
 */
export function createTelemetry<const Names extends TelemetryNames>(
  scope: string,
  names: Names,
  load: () => Promise<TelemetryApi>,
): Telemetry<Names> {
  let api: TelemetryApi | undefined;
  let loading: Promise<TelemetryApi> | undefined;
  const isOn = (): boolean => registered in globalThis;
  const loaded = async (): Promise<TelemetryApi> => {
    loading ??= load();
    api = await loading;
    return api;
  };

  const begin = (
    { trace, context }: TelemetryApi,
    name: string,
    { attributes, kind = 'internal', of }: SpanOptions<Names>,
    startTime?: number,
  ): TelemetrySpan =>
    trace.getTracer(scope, headwaterVersion).startSpan(
      of === undefined ? name : `${name} ${of}`,
      {
        kind: kinds[kind],
        attributes: defined(attributes),
        ...(startTime === undefined ? {} : { startTime }),
      },
      context.active(),
    );

  const instruments = new Map<
    string,
    { provider: unknown; record: (value: number, attributes: object) => void }
  >();
  const instrumentOf = ({ metrics }: TelemetryApi, name: string) => {
    const provider = metrics.getMeterProvider();
    const known = instruments.get(name);
    if (known?.provider === provider) return known;
    const {
      kind,
      unit,
      meaning: description,
    } = names.metrics[name] ?? { kind: 'counter', unit: '1', meaning: '' };
    const meter = metrics.getMeter(scope, headwaterVersion);
    const made =
      kind === 'counter'
        ? meter.createCounter(name, { unit, description })
        : meter.createHistogram(name, { unit, description });
    const record = (value: number, attributes: object): void =>
      'add' in made ? made.add(value, attributes) : made.record(value, attributes);
    const instrument = { provider, record };
    instruments.set(name, instrument);
    return instrument;
  };

  return {
    isOn,
    async inSpan(name, options, work) {
      if (!isOn()) return work(ignored);
      const all = api ?? (await loaded());
      const { trace, context } = all;
      const span = begin(all, name, options);
      try {
        return await context.with(trace.setSpan(context.active(), span), () =>
          work({ set: (attributes) => void span.setAttributes(defined(attributes)) }),
        );
      } catch (error) {
        failed(span, error);
        throw error;
      } finally {
        span.end();
      }
    },
    async spanned(name, options, { started, milliseconds, error }) {
      if (!isOn()) return;
      const span = begin(api ?? (await loaded()), name, options, started);
      if (error !== undefined) failed(span, error);
      span.end(started + milliseconds);
    },
    annotate(attributes) {
      if (isOn()) api?.trace.getActiveSpan()?.setAttributes(defined(attributes));
    },
    measure(name, value, attributes) {
      if (!isOn()) return;
      if (api) instrumentOf(api, name).record(value, defined(attributes));
      else void loaded().then((all) => instrumentOf(all, name).record(value, defined(attributes)));
    },
  };
}

const defined = (attributes: object = {}): Record<string, AttributeValue> =>
  Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));

function failed(span: TelemetrySpan, error: unknown): void {
  const type = errorType(error);
  span.recordException({ name: type });
  span.setAttributes({ 'error.type': type });
  span.setStatus({ code: 2, message: type });
}

/** The code of an error of ours, or the name of another: neither has values. */
export function errorType(error: unknown): string {
  const { code, name } = Object(error);
  return typeof code === 'string' ? code : typeof name === 'string' ? name : 'Error';
}
