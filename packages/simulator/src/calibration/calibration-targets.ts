/** One published figure that the simulated shop must match. */
export interface CalibrationTarget {
  readonly target: number;
  /** Largest deviation, relative to the target. */
  readonly tolerance: number;
  /** The source of the figure. */
  readonly source: string;
}

const october = 'REES46 multi-category store, October 2019';
const blend =
  'removals per cart event: none in the multi-category store, 0.69 in the cosmetics shop; half of that';

/**
 * The targets for 31 days from 1 October 2019 without bots and dirt. Shares are of rows, sessions or users, as the name
 * says. `view`, `cart` and `purchase` are shares of all rows except removals, because the October file has no removals.
 */
export const calibrationTargets = {
  viewShare: { target: 40_779_399 / 42_448_764, tolerance: 0.005, source: october },
  cartShare: { target: 926_516 / 42_448_764, tolerance: 0.05, source: october },
  purchaseShare: { target: 742_849 / 42_448_764, tolerance: 0.04, source: october },
  removalsPerCart: { target: 0.345, tolerance: 0.08, source: blend },
  eventsPerSession: { target: 42_448_764 / 9_244_421, tolerance: 0.03, source: october },
  sessionsPerUser: { target: 9_244_421 / 3_022_290, tolerance: 0.05, source: october },
  purchaseSessionShare: { target: 629_560 / 9_244_421, tolerance: 0.02, source: october },
  buyerShare: { target: 347_118 / 3_022_290, tolerance: 0.05, source: october },
  purchasesPerPurchaseSession: { target: 742_849 / 629_560, tolerance: 0.03, source: october },
  purchaseSessionsWithoutCart: { target: 337_699 / 629_560, tolerance: 0.03, source: october },
  cartSessionShare: { target: 573_097 / 9_244_421, tolerance: 0.04, source: october },
  abandonedCartSessionShare: { target: 281_236 / 573_097, tolerance: 0.04, source: october },
  cartsPerCartSession: { target: 926_516 / 573_097, tolerance: 0.05, source: october },
  sessionsAcrossMidnight: { target: 17_086 / 9_244_421, tolerance: 0.25, source: october },
  eventsAt09: { target: 2_349_158 / 42_448_764, tolerance: 0.05, source: october },
  eventsAt16: { target: 3_053_027 / 42_448_764, tolerance: 0.05, source: october },
  purchasesAt09: { target: 55_182 / 742_849, tolerance: 0.08, source: october },
  purchasesAt16: { target: 35_772 / 742_849, tolerance: 0.08, source: october },
  rowsWithoutCategoryCode: { target: 1 / 3, tolerance: 0.05, source: october },
  rowsWithoutBrand: { target: 1 / 7, tolerance: 0.06, source: october },
  rowsAtPriceZero: { target: 0.0016, tolerance: 0.35, source: october },
  duplicateRows: { target: 0.003, tolerance: 0.1, source: 'between the two shops: 0.07 % and 5.4 %' },
  meanPurchase: { target: 229_957_502.27 / 742_849, tolerance: 0.06, source: october },
  revenueFromSmartphones: { target: 0.68, tolerance: 0.05, source: october },
  revenueWithoutCategory: { target: 0.1, tolerance: 0.12, source: october },
  revenueFromNotebooks: { target: 0.04, tolerance: 0.25, source: october },
  revenueFromTelevisions: { target: 0.04, tolerance: 0.25, source: october },
  returnedAfter1Day: { target: 0.177, tolerance: 0.1, source: `${october}, users seen on the 16th` },
  returnedAfter3Days: { target: 0.132, tolerance: 0.12, source: `${october}, users seen on the 16th` },
  returnedAfter7Days: { target: 0.107, tolerance: 0.12, source: `${october}, users seen on the 16th` },
  eventsPerDailyVisitor: { target: 1_244_245 / 190_158, tolerance: 0.06, source: `${october}, the 1st` },
} as const satisfies Record<string, CalibrationTarget>;

export type CalibrationFigure = keyof typeof calibrationTargets;
