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
    /** A code of Headwater, or `VIEW_SUPERSEDED`, `NOT_FOUND`, `FORBIDDEN`, `UNAUTHORIZED`, `REQUEST_INVALID`, `STOPPING`, `LIVE_FULL`, `INTERNAL`. */
    readonly code: string;
    readonly message: string;
  };
}

/**
 * `GET /api/live`: the figures of a stream, as server-sent events named `figures`, each with this as JSON. What the table cannot say, because it
 * lacks a role or an action, is null.
 */
export interface LiveFigures {
  /** When they were sent, ISO 8601, by the clock of the server. */
  readonly at: string;
  /** The newest event: its own time, as of which all figures are, and when it came. Null before the first one. */
  readonly newest: { readonly time: string; readonly arrived: string } | null;
  /** Whether the stream has ended, and nothing more will come. */
  readonly isEnded: boolean;
  /** Event time by real time, where a stream is played at a pace; null where events come as they happen. */
  readonly speed: number | null;
  /** Distinct visitors of the last five minutes of events. */
  readonly visitors: number | null;
  /** Sessions that go on. */
  readonly sessions: number | null;
  /** Carts of sessions that go on, which were not bought. */
  readonly openCarts: number | null;
  /** What is in them, as decimal text. */
  readonly openCartValue: string | null;
  /** Minutes of events that `topSellers` and `funnel` are of. */
  readonly recentMinutes: number;
  /** Most purchases first. */
  readonly topSellers: readonly LiveSeller[] | null;
  /** Sessions that began in those minutes, and how far they have come. Each step is counted by itself. */
  readonly funnel: readonly { readonly step: string; readonly sessions: number }[] | null;
  /** The incidents with the newest notices, the newest first. */
  readonly alerts: readonly LiveAlert[];
  /** How many incidents there were, with those that are not listed. */
  readonly alertCount: number;
  /** What became of the records, where the stream is run by the project. */
  readonly records: LiveRecords | null;
  /** The same hours counted by the stream and answered by the lake; absent until the lake was asked. */
  readonly compared?: LakeComparison | undefined;
}

/** What was sold of an item. */
export interface LiveSeller {
  readonly item: string;
  readonly sold: number;
  /** Decimal text. */
  readonly revenue: string | null;
}

/** An incident in words. An id that identifies a person directly is a digest, and personal columns of its rows are left out. */
export interface LiveAlert {
  readonly id: string;
  readonly title: string;
  readonly severity: 'info' | 'warning' | 'critical';
  /** Of its first notice, in event time. */
  readonly since: string;
  /** What was seen against what is expected, and by how many actors. */
  readonly evidence: string;
  readonly isOpen: boolean;
}

/** Records of a run so far. */
export interface LiveRecords {
  readonly sent: number;
  /** Rows in the lake. */
  readonly archived: number;
  readonly duplicates: number;
  readonly quarantined: number;
  /** Those that wait for a load. */
  readonly waiting: number;
  readonly unsent: number;
}

/** Hours that both have: counted by the stream while the events passed, and answered by the lake. */
export interface LakeComparison {
  /** The first instants of the first and of the last of them; null where the lake has none of the stream's hours. */
  readonly hours: { readonly first: string; readonly last: string } | null;
  /** When the lake was asked. */
  readonly asked: string;
  readonly figures: readonly ComparedFigure[];
  /** Events of each hour. */
  readonly byHour: readonly { readonly hour: string; readonly stream: number; readonly lake: number }[];
  /** Why they differ, as far as it is known; empty where nothing differs. */
  readonly reasons: readonly string[];
  readonly isEqual: boolean;
}

/** A figure of the stream beside that of the lake. Texts are decimals, not rounded. */
export interface ComparedFigure {
  readonly title: string;
  readonly unit: 'count' | 'money' | 'mean';
  readonly stream: string;
  readonly lake: string;
  /** The stream's less the lake's. */
  readonly difference: string;
}
