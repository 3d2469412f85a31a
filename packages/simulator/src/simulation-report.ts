import type { BotKindName, BotLabel } from './bots/bot-kinds.ts';
import type { DirtKindName } from './dirt/dirt-kinds.ts';
import type { EventType } from './event-types.ts';
import type { AttackLabel } from './labels/attack-label.ts';
import type { CaseKindName } from './script/level-table.ts';
import type { SimulationFormat } from './simulation-options.ts';

/** The result of a run that wrote a file. */
export interface SimulationReport extends WrittenEvents {
  readonly out: string;
}

/** The counts of a run. */
export interface WrittenEvents {
  readonly format: SimulationFormat;
  /** Rows written: exactly `events`. */
  readonly rows: number;
  /** Bytes before compression; for Parquet, of the file. */
  readonly bytes: number;
  /** Sessions without those of `attacks`. */
  readonly sessions: { readonly visitors: number; readonly buyers: number; readonly bots: number };
  /** Rows by event type, before any dirt. */
  readonly eventTypes: Readonly<Record<EventType, number>>;
  /** Rows written twice on purpose. Bots may write additional equal events within a second. */
  readonly duplicates: number;
  /** Dirty rows by kind; `legal` and `illegal` are their sums. */
  readonly dirt: {
    readonly kinds: Readonly<Partial<Record<DirtKindName, number>>>;
    readonly legal: number;
    readonly illegal: number;
  };
  /** Rows and sessions by kind of bot. */
  readonly bots: Readonly<Partial<Record<BotKindName, { rows: number; sessions: number }>>>;
  /** Cases, sessions, rows and actors by kind of attacker and look-alike. Only with `attacks`. */
  readonly attacks?: Readonly<Partial<Record<CaseKindName, AttackCounts>>>;
}

/** The counts of one kind of attacker or look-alike. */
export interface AttackCounts {
  readonly isAttack: boolean;
  readonly cases: number;
  readonly sessions: number;
  readonly rows: number;
  readonly actors: number;
}

/** Counts cases and sessions by kind. */
export class AttackTally {
  readonly kinds: Partial<Record<CaseKindName, AttackCounts>> = {};
  add({ role, kind, isAttack, rows, members, subject_type }: AttackLabel): void {
    const so = this.kinds[kind] ?? { isAttack, cases: 0, sessions: 0, rows: 0, actors: 0 };
    if (subject_type === 'session') this.kinds[kind] = { ...so, sessions: so.sessions + 1 };
    if (role !== 'case') return;
    const actors = so.actors + members.length;
    this.kinds[kind] = { ...so, cases: so.cases + 1, rows: so.rows + rows, actors };
  }
}

/** Counts labels by kind. */
export class BotTally {
  readonly kinds: Partial<Record<BotKindName, { rows: number; sessions: number }>> = {};
  add(label: BotLabel): void {
    const tally = this.kinds[label.kind] ?? { rows: 0, sessions: 0 };
    this.kinds[label.kind] = tally;
    tally.rows += label.rows;
    tally.sessions++;
  }
}
