// The part of @opentelemetry/api that is used, by its own names (https://open-telemetry.github.io/opentelemetry-js/modules/_opentelemetry_api.html).
// The module itself is assignable to it, so that this package does not depend on it.

/** A span that was begun. */
export interface TelemetrySpan {
  setAttributes(attributes: Record<string, string | number | boolean>): unknown;
  setStatus(status: { code: number; message?: string }): unknown;
  recordException(exception: { name: string }): void;
  end(endTime?: number): void;
}

/** The API of OpenTelemetry. */
export interface TelemetryApi {
  readonly trace: {
    getTracer(
      name: string,
      version?: string,
    ): {
      startSpan(
        name: string,
        options?: {
          kind?: number;
          attributes?: Record<string, string | number | boolean>;
          startTime?: number;
        },
        context?: unknown,
      ): TelemetrySpan;
    };
    setSpan(context: unknown, span: unknown): unknown;
    getActiveSpan(): TelemetrySpan | undefined;
  };
  readonly context: {
    active(): unknown;
    with<Result>(context: unknown, work: () => Result): Result;
  };
  readonly metrics: {
    getMeterProvider(): object;
    getMeter(
      name: string,
      version?: string,
    ): {
      createCounter(
        name: string,
        options?: { unit?: string; description?: string },
      ): { add(value: number, attributes?: object): void };
      createHistogram(
        name: string,
        options?: { unit?: string; description?: string },
      ): { record(value: number, attributes?: object): void };
    };
  };
}
