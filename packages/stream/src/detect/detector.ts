import type { RoleName, TableSchema } from '@headwater/core';
import type { Breach } from '../alerts/finding.ts';
import type { ShopAction, ShopEvent } from './shop-event.ts';

/**
 * Finds one or several kinds of incidents, by a state of bounded size.
 *
 * It is given every row once, in the order of time. It has no clock and does no I/O, and nothing in it is random: what it finds is a
 * function of the rows so far, so a stream that is cut gives the same findings up to there.
 */
export interface Detector {
  /** Takes a row into account. What it finds is known at the time of the row. */
  observe(event: ShopEvent, report: Report): void;
  /**
   * A whole minute has ended: every row before `end`, in milliseconds since 1970, was observed, and none after it. It is called for each
   * minute of a stream, also for those without rows, but not for those of a pause of more than a month.
   */
  endMinute(end: number, report: Report): void;
  /** Where it stands, as plain data that survives JSON. */
  snapshot(): unknown;
}

/** Takes what a detector finds. The time at which it can be told is filled in. */
export type Report = (breach: Omit<Breach, 'finding' | 'time'>) => void;

/** What a detector knows of the table. */
export interface DetectorShop {
  readonly schema: TableSchema;
  /** The name of the site, as the subject of its incidents. */
  readonly site: string;
  /** The zone of the shop's days and hours, such as `Europe/Berlin`. */
  readonly zone: string;
}

/** Makes a detector. Parameters are plain data with defaults. */
export interface DetectorDefinition<Parameters extends object> {
  /** The kinds of its incidents. */
  readonly kinds: readonly string[];
  /** What a table must have. Without it the detector is left out. */
  readonly needs: { readonly roles: readonly RoleName[]; readonly actions: readonly ShopAction[] };
  readonly defaults: Parameters;
  /** @param state what an earlier detector with the same parameters gave as its snapshot */
  create(shop: DetectorShop, parameters: Parameters, state?: unknown): Detector;
}
