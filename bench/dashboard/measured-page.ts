/** How long a page took, in milliseconds. */
export interface Shown {
  /** Until the main chart was there: in a browser, painted. */
  readonly chart: number;
  /** Until every tile was. */
  readonly all: number;
}

/** Something that a reader does. */
export type Change =
  /** Selects a row of a ranking, or takes it back. */
  | { readonly ranking: 'categories' | 'brands'; readonly row: number }
  | { readonly grain: 'hour' | 'day' | 'week' }
  | { readonly from: string }
  /** The number of a figure, from 1. */
  | { readonly figure: number };

/** A page of a dashboard, in a browser or without one. */
export interface MeasuredPage {
  /** Opens another view by its link. */
  open(query: string): Promise<Shown>;
  /** Does something in the view that is shown, and waits for all of it. */
  change(change: Change): Promise<Shown>;
  close(): Promise<void>;
}
