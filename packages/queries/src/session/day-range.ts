/** UTC days, `YYYY-MM-DD`, both inside. A bound that is absent leaves that side open. */
export interface DayRange {
  readonly first?: string;
  readonly last?: string;
}
