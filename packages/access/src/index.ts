export { CallerBudgets } from './budget/caller-budgets.ts';
export {
  type BudgetState,
  type ByteLabel,
  estimateLabel,
  type LabelledBytes,
  type Reservation,
  ScanBudget,
  type ScanBudgetOptions,
} from './budget/scan-budget.ts';
export { type TimeLimit, timeLimit } from './budget/time-limit.ts';
export { withSignal } from './budget/with-signal.ts';
export { type BudgetedQuery, type Scanned, withinBudget } from './budget/within-budget.ts';
export { assertRowFilter, filterColumns, filtersOf } from './rows/row-filter.ts';
export type { Viewer } from './rows/viewer.ts';
export { type AskedMetric, type ViewerQuery, viewerQuery } from './rows/viewer-query.ts';
export { FairSlots, type FairSlotsOptions, type Share } from './share/fair-slots.ts';
export { type Rate, RateLimit } from './share/rate-limit.ts';
export {
  bearerToken,
  type FoundToken,
  isSameSecret,
  type ListedToken,
  newToken,
  type TokenList,
  tokenDigest,
  tokenList,
  tokenType,
  type WatchedFileOptions,
  watchedFile,
} from './token/index.ts';
