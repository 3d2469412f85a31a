import type { PermissionClass } from '@headwater/core';
import type { ScanBudget } from '../budget/scan-budget.ts';

/** Who asks: the rows and columns that it may see, and what it may read. Nothing of this comes from a call. */
export interface Caller {
  /** For logs. */
  readonly name: string;
  /** The rows that it may see, as the `where` of a metric: `{ shop: 'acme' }`. Empty for all rows. */
  readonly where: Readonly<Record<string, unknown>>;
  /** The class of readers that it belongs to. Undefined for one who may see every column. */
  readonly permissionClass: PermissionClass | undefined;
  readonly budget: ScanBudget;
}
