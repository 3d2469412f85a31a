import type { EventsTable } from '@headwater/core';
import type { Parameters, PlainEvent, ReferenceName } from '@headwater/reference-answers';
import type { InventedShop, InventedSize } from '../invented/invented-shop.ts';

/** How one of the files of a shop is loaded, beyond what its definition says. */
export interface FileLoad {
  readonly file: string;
  readonly source?: string;
  /** Files beside, by the lookup that reads them. */
  readonly lookups?: Readonly<Record<string, string>>;
}

/** Why a metric has no answer: the error's code, and what its payload says. */
export interface Refusal {
  readonly code: 'ROLE_MISSING' | 'ACTION_MISSING' | 'METRIC_UNANSWERABLE';
  readonly payload: Readonly<Record<string, unknown>>;
}

/** A shop, its table, and what it can and cannot answer. */
export interface ShopCase {
  readonly folder: string;
  readonly table: EventsTable;
  readonly invent: (size: InventedSize) => InventedShop;
  /** The visits of the sample that is committed. */
  readonly sample: number;
  readonly loads: readonly FileLoad[];
  /** Local days: all that have events, some that cut visits on both sides, and one. */
  readonly ranges: readonly [whole: Days, some: Days, one: Days];
  /** The metrics that have no meaning for it, and what each says that it lacks. */
  readonly lacks: Partial<Readonly<Record<ReferenceName, Refusal>>>;
  readonly filter: {
    /** A filter of its events by columns, as metrics take it. */
    readonly where: Readonly<Record<string, string | number | null | readonly string[]>>;
    /** The events that meet it. */
    readonly keeps: (event: PlainEvent) => boolean;
  };
  /** The measures that an answer leaves out because the shop has nothing to compute them of. */
  readonly without: Partial<Readonly<Record<ReferenceName, readonly string[]>>>;
}

export type Days = Pick<Parameters, 'from' | 'to'>;
