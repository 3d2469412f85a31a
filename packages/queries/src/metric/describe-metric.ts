import type { RoleName } from '@headwater/core';
import { z } from 'zod';
import type { Chart, Metric } from './metric.ts';

/** A metric as plain data: for a help text, a form, a page of documentation. */
export interface MetricDescription {
  readonly name: string;
  readonly definition: string;
  readonly nullSessions: string;
  readonly roles: readonly RoleName[];
  readonly parameters: readonly ParameterDescription[];
  readonly columns: readonly string[];
  /** Whether any column adds up over days; `additiveColumns` says which. */
  readonly additive: boolean;
  readonly additiveColumns: readonly string[];
  readonly chart: Chart;
}

/** One parameter of a metric. */
export interface ParameterDescription {
  readonly name: string;
  readonly description: string;
  readonly required: boolean;
  readonly default?: unknown;
  /** The allowed values, when they are a list. */
  readonly values?: readonly unknown[];
  /** JSON Schema's name of its type. */
  readonly type?: string;
}

/** What a metric is, as plain data, read from its own declaration. */
export function describeMetric(metric: Metric): MetricDescription {
  // A coerced number accepts anything before it is checked, so its type is that of the checked value.
  const input = z.toJSONSchema(metric.parameters, { io: 'input', unrepresentable: 'any' });
  const row = z.toJSONSchema(metric.row, { io: 'input', unrepresentable: 'any' });
  const required = new Set(input.required ?? []);
  return {
    name: metric.name,
    definition: metric.definition,
    nullSessions: metric.nullSessions,
    roles: metric.roles,
    parameters: Object.entries(input.properties ?? {}).map(([name, schema]) => {
      const {
        description = '',
        type,
        enum: values,
        default: fallback,
      } = typeof schema === 'object' ? schema : {};
      return {
        name,
        description,
        required: required.has(name) && fallback === undefined,
        ...(fallback === undefined ? {} : { default: fallback }),
        ...(values === undefined ? {} : { values }),
        ...(typeof type === 'string' ? { type } : {}),
      };
    }),
    columns: Object.keys(row.properties ?? {}),
    additive: metric.additive.length > 0,
    additiveColumns: metric.additive,
    chart: metric.chart,
  };
}
