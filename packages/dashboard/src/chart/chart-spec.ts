import type { AnswerColumn } from '@headwater/queries';
import type { FigureFormat } from './figure-format.ts';

/** A declared dimension, on a channel of a chart. */
export interface DimensionChannel<Column extends string = string> {
  readonly column: Column;
  /** Words for an axis or a header: `Brand`. */
  readonly title: string;
  readonly kind: Extract<AnswerColumn['kind'], DimensionName>;
  /** The time zone of a period, an hour or a weekday; absent for UTC. */
  readonly zone?: string;
}

type DimensionName = 'time' | 'text' | 'actor' | 'item' | 'hour' | 'weekday' | 'offset' | 'rank';

/** A declared measure, on a channel of a chart. */
export interface MeasureChannel<Column extends string = string> {
  readonly column: Column;
  readonly title: string;
  readonly format: FigureFormat;
  /** Whether its values may be summed over the periods of a range. */
  readonly addsUp: boolean;
}

interface SpecBase<Column extends string> {
  readonly metric: string;
  readonly title: string;
  /** Every column of the table behind the chart, in the order of the answer. */
  readonly table: readonly (DimensionChannel<Column> | MeasureChannel<Column>)[];
}

/** One figure for the range, with its course. */
export interface KpiSpec<Column extends string = string> extends SpecBase<Column> {
  readonly mark: 'kpi';
  readonly value: MeasureChannel<Column>;
  /** The periods that the figure is made of. */
  readonly period: DimensionChannel<Column>;
}

/** A line over periods for each measure, or for each value of a dimension. */
export interface LineSpec<Column extends string = string> extends SpecBase<Column> {
  readonly mark: 'line';
  readonly x: DimensionChannel<Column>;
  /** One where there is a series. All have one unit. */
  readonly y: readonly [MeasureChannel<Column>, ...MeasureChannel<Column>[]];
  readonly series?: DimensionChannel<Column>;
}

/** A bar for each value of a dimension, from 0. */
export interface BarSpec<Column extends string = string> extends SpecBase<Column> {
  readonly mark: 'bar';
  readonly x: DimensionChannel<Column>;
  readonly y: MeasureChannel<Column>;
  readonly series?: DimensionChannel<Column>;
}

/** Steps that are counted one by one. A later step may be larger. */
export interface FunnelSpec<Column extends string = string> extends SpecBase<Column> {
  readonly mark: 'funnel';
  /** Columns of one row, the widest step first, or a row for each step. */
  readonly steps:
    | { readonly kind: 'columns'; readonly columns: readonly MeasureChannel<Column>[] }
    | {
        readonly kind: 'rows';
        readonly step: DimensionChannel<Column>;
        readonly value: MeasureChannel<Column>;
      };
}

/** A cell for each pair of values of two dimensions. */
export interface HeatmapSpec<Column extends string = string> extends SpecBase<Column> {
  readonly mark: 'heatmap';
  readonly x: DimensionChannel<Column>;
  readonly y: DimensionChannel<Column>;
  readonly value: MeasureChannel<Column>;
}

/** Rows as they are. */
export interface TableSpec<Column extends string = string> extends SpecBase<Column> {
  readonly mark: 'table';
}

/**
 * How an answer is drawn, as data: a mark, with a declared column on each of its channels. It has no rows and no engine, so that a
 * page, a file and a dashboard of another service are compiled from the same one.
 */
export type ChartSpec<Column extends string = string> =
  | KpiSpec<Column>
  | LineSpec<Column>
  | BarSpec<Column>
  | FunnelSpec<Column>
  | HeatmapSpec<Column>
  | TableSpec<Column>;

/** The kinds of charts. */
export type ChartMark = ChartSpec['mark'];

/** Whether a channel of a table is a measure. */
export const isMeasureChannel = (channel: DimensionChannel | MeasureChannel): channel is MeasureChannel =>
  'format' in channel;
