import type { ScanBudget, Viewer } from '@headwater/access';

/** Who asks: the rows and columns that it may see, and what it may read. Nothing of this comes from a call. */
export interface Caller extends Viewer {
  /** For logs. */
  readonly name: string;
  readonly budget: ScanBudget;
}
