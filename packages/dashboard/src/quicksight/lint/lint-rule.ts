import type { CheckedDefinition } from '../check/checked-definition.ts';
import type { QuickSightAssets } from '../quicksight-assets.ts';

/** Where a definition has what a rule looks for, with what is concerned. */
export interface Finding {
  /** Where in the assets, in words. */
  readonly where: string;
  /** What is there: `has KPIOptions without SecondaryValue`. */
  readonly problem: string;
}

/** What the service accepts, and then shows blank or wrong. */
export interface LintRule {
  readonly rule: string;
  /** What people see of it. */
  readonly reason: string;
  readonly fix: string;
  /** The page of AWS about what is concerned, or the report of somebody who met it. */
  readonly source: string;
  /** In one definition. */
  find?(checked: CheckedDefinition): readonly Finding[];
  /** In what is beside the definitions. */
  findInAssets?(assets: QuickSightAssets): readonly Finding[];
}

/** A page of the service's API. */
export const apiPage = (name: string): string =>
  `https://docs.aws.amazon.com/quicksight/latest/APIReference/API_${name}.html`;

/** A page of the service's user guide. */
export const guidePage = (name: string): string =>
  `https://docs.aws.amazon.com/quicksight/latest/user/${name}.html`;
