import type { DayRange } from '../chart/chart-answer.ts';
import type { FigureTable } from '../table/figure-table.ts';
import type { ViewState } from './view-state.ts';

/** `GET /api/state?<the query string of a link>`: what a page can ask for, and the view of its link. */
export interface BoardInfo {
  readonly table: string;
  /** Where the figures come from, in words: `DuckDB on this computer`. */
  readonly source: string;
  /** The first and the last day of the lake. */
  readonly days: DayRange;
  /** The time zone of days and hours. */
  readonly zone: string;
  /** The unit of money; absent where the definition has none. */
  readonly unit?: string | undefined;
  /** The figures at the top, in their order, and the number key of each is its place. */
  readonly figures: readonly TileInfo[];
  /** The charts below, in their order. The first is the course of the figure that is chosen. */
  readonly charts: readonly ChartInfo[];
  /** What events can be filtered by. */
  readonly filters: readonly FilterInfo[];
  /** What a link leaves out. */
  readonly usual: ViewState;
  /** The view of the query string of this request, which is that of the page's address. */
  readonly view: ViewState;
  /** Whether `GET /api/live` has a feed. */
  readonly isLive: boolean;
}

export interface TileInfo {
  readonly id: string;
  readonly title: string;
}

export interface ChartInfo extends TileInfo {
  readonly kind: 'chart' | 'ranking';
  /** Columns of twelve that it takes on a wide screen. */
  readonly span: number;
}

/** A column that events can be filtered by, and the ranking whose rows are its values. */
export interface FilterInfo {
  readonly column: string;
  readonly title: string;
  readonly ranking: string;
}

/** `GET /api/values?of=<column>&holds=<text>&<the query string of a link>`: values of a filter's column, those with the most events first. */
export interface FilterValues {
  /** An event without a value is null. */
  readonly values: readonly (string | null)[];
  /** Whether more of them hold the text. */
  readonly hasMore: boolean;
}

/** `POST /api/answer`: one tile of a view. */
export interface TileRequest {
  /** One for each open page, made by it: 8 to 64 letters and digits. */
  readonly page: string;
  /** Counts the views of the page. A newer one cancels what the older ones still ask. */
  readonly view: number;
  /** The id of a figure or a chart, or `headline`. */
  readonly tile: string;
  /** The state of the view, as the query string of its link. */
  readonly state: string;
  /** How wide a chart is drawn, in CSS pixels. */
  readonly width: number;
  /** Whether a change is judged by earlier periods, which takes longer. Left out, it is not. */
  readonly isJudged?: boolean;
}

/** What a figure means, the statement that computed it, and what that read. */
export interface TileDefinition {
  readonly words: string;
  readonly sql: string;
  readonly parameters: readonly string[];
  /** An upper bound of what the query reads, in words; absent where no manifest says it. */
  readonly read?: string | undefined;
  /** Which rollup answered, or why none did. */
  readonly rollup: string;
  readonly milliseconds: number;
}

/** A change, with its judgement where earlier periods allow one. */
export interface TileDelta {
  readonly text: string;
  readonly direction: 'up' | 'down' | 'flat';
  /** `good` and `bad` are more than usual. */
  readonly tone: '' | 'good' | 'bad';
  /** `within usual range`; empty where nobody knows. */
  readonly judgement: string;
}

export interface FigureTileAnswer {
  readonly kind: 'figure';
  readonly id: string;
  readonly title: string;
  /** Not rounded; null where there is no figure. */
  readonly value: number | null;
  readonly text: string;
  /** The compared figure in words. */
  readonly was?: string | undefined;
  readonly delta?: TileDelta | undefined;
  /** Why there is no change to tell. */
  readonly note?: string | undefined;
  /** Its course. */
  readonly svg: string;
  readonly definition: TileDefinition;
}

/** A point, bar or cell of a drawing: where it stands, in the units of the drawing, and what it says. */
export interface ChartPoint {
  readonly x: number;
  /** The point itself, or the upper end of a bar or a cell; absent for a period without a figure. */
  readonly y?: number | undefined;
  readonly width: number;
  readonly height: number;
  /** Its place among the points; cells have rows and columns. */
  readonly row: number;
  readonly column: number;
  /** `Sat 21 Nov: 22,086; before 21,873, +1.0%`. */
  readonly text: string;
}

export interface ChartTileAnswer {
  readonly kind: 'chart';
  readonly id: string;
  readonly title: string;
  readonly sentence: string;
  /** Empty where there is nothing to draw. */
  readonly svg: string;
  /** Of the drawing. */
  readonly width: number;
  readonly height: number;
  readonly points: readonly ChartPoint[];
  /** What solid and dashed stand for, as HTML. */
  readonly key?: string | undefined;
  /** Where the axis begins, or what the colours stand for, as HTML. */
  readonly note?: string | undefined;
  readonly table: FigureTable;
  readonly definition: TileDefinition;
}

/** The largest values of a dimension, with their changes. */
export interface RankingTileAnswer {
  readonly kind: 'ranking';
  readonly id: string;
  readonly title: string;
  readonly sentence: string;
  /** The dimension first, then the measure, what it was, and its change. */
  readonly table: FigureTable;
  /** The column that a row filters by; absent where the table has none for it. */
  readonly column?: string | undefined;
  readonly definition: TileDefinition;
}

export interface HeadlineAnswer {
  readonly kind: 'headline';
  readonly title: string;
  readonly lead: string;
}

/** The table of the lake lacks what the tile needs. */
export interface LackingAnswer {
  readonly kind: 'lacking';
  readonly id: string;
}

export type TileAnswer =
  | FigureTileAnswer
  | ChartTileAnswer
  | RankingTileAnswer
  | HeadlineAnswer
  | LackingAnswer;

/** What a request gets in place of an answer. */
export interface ApiError {
  readonly error: {
    /** A code of Headwater, or `VIEW_SUPERSEDED`, `NOT_FOUND`, `FORBIDDEN`, `UNAUTHORIZED`, `REQUEST_INVALID`, `STOPPING`, `INTERNAL`. */
    readonly code: string;
    readonly message: string;
  };
}

/** `GET /api/live`: the figures of a stream, as server-sent events named `figures`, each with this as JSON. */
export interface LiveFigures {
  /** When they were taken, ISO 8601. */
  readonly at: string;
  /** Seconds from the newest event to then; null before the first event. */
  readonly behindSeconds: number | null;
  /** Distinct visitors of the last five minutes of events. */
  readonly visitors: number;
  readonly openCarts: number;
  readonly openCartValue: number;
  readonly topSellers: readonly { readonly item: string; readonly sold: number }[];
  readonly funnel: readonly { readonly step: string; readonly sessions: number }[];
  readonly alerts: readonly LiveAlert[];
  /** The same figures of the stream and of the lake, once the lake has them. */
  readonly compared?: readonly StreamBesideBatch[] | undefined;
}

/** An incident with its evidence, in words. */
export interface LiveAlert {
  readonly id: string;
  readonly title: string;
  readonly since: string;
  readonly evidence: string;
  readonly isOpen: boolean;
}

export interface StreamBesideBatch {
  readonly title: string;
  readonly stream: number;
  readonly batch: number | null;
}
