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
   * minute of a stream, also for those without rows, but after a row for two days at most: the rest of a longer pause has no calls.
   */
  endMinute(end: number, report: Report): void;
  /**
   * Where it stands, as plain data that survives JSON. A restart continues from it as if there had been none.
   *
   * @param share with less than 1, this part of its subjects, those with the most rows first: for a state that has to be small.
   *   Defaults to 1
   */
  snapshot(share?: number): unknown;
}

/** Actors that an incident names at most. One with as many may have more. */
export const mostMembers = 200;

/**
 * Takes what a detector finds. The time at which it can be told is filled in. A subject may be reported with every row: of the reports of
 * a minute about one subject and kind, the first is told, and the worst. The last five `rows` and the first
 * {@link mostMembers} `actors` are kept.
 */
export type Report = (breach: Omit<Breach, 'finding' | 'time'>) => void;

/** What a detector knows of the table. */
export interface DetectorShop {
  readonly schema: TableSchema;
  /** The name of the site, as the subject of its incidents. */
  readonly site: string;
  /** The zone of the shop's days and hours, such as `Europe/Berlin`. */
  readonly zone: string;
}

/** Makes a detector. Parameters are plain data with defaults, flat or with one object for each kind. */
export interface DetectorDefinition<Parameters extends object> {
  /** The kinds of its incidents. */
  readonly kinds: readonly string[];
  /** What a table must have. Without it the detector is left out. */
  readonly needs: { readonly roles: readonly RoleName[]; readonly actions: readonly ShopAction[] };
  readonly defaults: Parameters;
  /**
   * The least and the most of numbers among the parameters, by path, such as `scraper.rows`. Others are checked by their default: from 0 to 1
   * where that is between the two, and not negative elsewhere.
   */
  readonly ranges?: Readonly<Record<string, readonly [least: number, most: number]>>;
  /** The form of its snapshots. A state of another one is not continued. Defaults to 1. */
  readonly version?: number;
  /** @param state what an earlier detector with the same parameters gave as its snapshot */
  create(shop: DetectorShop, parameters: Parameters, state?: unknown): Detector;
}

/** Detectors by name. */
export type DetectorDefinitions = Readonly<Record<string, DetectorDefinition<object>>>;
