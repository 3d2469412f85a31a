import type { BotKindName, BotLabel } from './bots/bot-kinds.ts';
import type { DirtKindName } from './dirt/dirt-kinds.ts';
import type { EventType } from './event-types.ts';
import type { SimulationFormat } from './simulation-options.ts';

/** What a finished run wrote. */
export interface SimulationReport extends WrittenEvents {
  readonly out: string;
}

/** What a run made. */
export interface WrittenEvents {
  readonly format: SimulationFormat;
  /** Rows written: exactly `events`. */
  readonly rows: number;
  /** Bytes before compression; for Parquet, of the file. */
  readonly bytes: number;
  readonly sessions: { readonly visitors: number; readonly buyers: number; readonly bots: number };
  /** Rows by event type, before any dirt. */
  readonly eventTypes: Readonly<Record<EventType, number>>;
  /** Rows written twice on purpose. Equal events of bots within a second, if there are bots, come on top. */
  readonly duplicates: number;
  /** Dirty rows by kind; `legal` and `illegal` are their sums. */
  readonly dirt: {
    readonly kinds: Readonly<Partial<Record<DirtKindName, number>>>;
    readonly legal: number;
    readonly illegal: number;
  };
  /** Rows and sessions by kind of bot. */
  readonly bots: Readonly<Partial<Record<BotKindName, { rows: number; sessions: number }>>>;
}

/** Adds labels up by kind. */
export class BotTally {
  readonly kinds: Partial<Record<BotKindName, { rows: number; sessions: number }>> = {};
  add(label: BotLabel): void {
    const tally = this.kinds[label.kind] ?? { rows: 0, sessions: 0 };
    this.kinds[label.kind] = tally;
    tally.rows += label.rows;
    tally.sessions++;
  }
}
