// The part of a dashboard's body that is derived, with CloudWatch's names
// (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html).

/** What a metric of a widget says beside its name. */
export interface WidgetMetricOptions {
  readonly id?: string;
  readonly label?: string;
  readonly stat?: string;
  readonly period?: number;
  readonly visible?: boolean;
  readonly expression?: string;
}

/** A metric, as namespace, name, and pairs of dimensions; or an expression. */
export type WidgetMetric = readonly (string | WidgetMetricOptions)[];

/** A widget without its place. */
export type WidgetContent =
  | { readonly type: 'text'; readonly properties: { readonly markdown: string } }
  | {
      readonly type: 'alarm';
      readonly properties: { readonly title: string; readonly alarms: readonly string[] };
    }
  | {
      readonly type: 'metric';
      readonly properties: {
        readonly title: string;
        readonly region: string;
        readonly view: 'timeSeries';
        readonly stacked: boolean;
        readonly stat: string;
        readonly period: number;
        readonly metrics: readonly WidgetMetric[];
        readonly annotations?: { readonly horizontal: readonly { value: number; label: string }[] };
      };
    };

/** A widget in its place, in units of a grid of 24 columns. */
export type DashboardWidget = WidgetContent & {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** The body of a dashboard. */
export interface DashboardBody {
  readonly start: string;
  readonly periodOverride: 'inherit';
  readonly widgets: readonly DashboardWidget[];
}

/** The input of PutDashboard (https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutDashboard.html). */
export interface CloudWatchDashboard {
  readonly DashboardName: string;
  /** {@link DashboardBody} as JSON. */
  readonly DashboardBody: string;
}

/** A row: a heading, and widgets that are laid out from left to right. */
export interface DashboardRow {
  readonly heading: string;
  readonly widgets: readonly WidgetContent[];
}

const columns = 24;
const across = 3;
const size = { width: columns / across, height: 6 } as const;

/** Gives each widget of rows its place: a heading across, and below it three in a line. A row without widgets is left out. */
export function laidOut(rows: readonly DashboardRow[]): DashboardWidget[] {
  let y = 0;
  return rows.flatMap(({ heading, widgets }) => {
    if (widgets.length === 0) return [];
    const top = y;
    y += 1 + Math.ceil(widgets.length / across) * size.height;
    const title = { type: 'text', properties: { markdown: `## ${heading}` } } as const;
    return [
      { ...title, x: 0, y: top, width: columns, height: 1 },
      ...widgets.map((widget, index) => ({
        ...widget,
        ...size,
        x: (index % across) * size.width,
        y: top + 1 + Math.floor(index / across) * size.height,
      })),
    ];
  });
}
