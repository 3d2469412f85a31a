/** What is wrong with an asset of QuickSight, where, and what to do about it. */
export interface AssetProblem {
  /** The rule that finds it: `columns-exist`. */
  readonly rule: string;
  /** The asset, and in a definition the sheet and the visual: `analysis headwater-shop, sheet traffic, visual visitors`. */
  readonly where: string;
  /** In words, with the column or the parameter concerned: `names the column vistors, which the data set traffic lacks`. */
  readonly problem: string;
  readonly fix: string;
}

/** A problem in one line. */
export const assetProblemText = ({ where, problem, fix }: AssetProblem): string =>
  `${where}: ${problem}. ${fix}`;
