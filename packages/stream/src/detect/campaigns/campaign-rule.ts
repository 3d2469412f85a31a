import type { Report } from '../detector.ts';
import type { ShopEvent } from '../shop-event.ts';
import type { RecentActor } from './recent-actors.ts';

/** Finds one kind of campaign. */
export interface CampaignRule {
  /**
   * Takes a row into account.
   * @param actor whose times and number of rows already include it
   * @param time of the row, in seconds
   */
  observe(event: ShopEvent, actor: RecentActor, time: number, report: Report): void;
  /** Time has reached `time`, in seconds. Called for each minute. */
  reach(time: number): void;
  /** @param share the share of its state that is kept */
  snapshot(share: number): unknown;
}
