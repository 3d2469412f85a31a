import { ScanBudget, type ScanBudgetOptions } from './scan-budget.ts';

/** The budgets of callers, in the memory of this process. There are as many as callers that have asked. */
export class CallerBudgets {
  readonly #budgets = new Map<string, { readonly sizes: string; readonly budget: ScanBudget }>();

  /**
   * The budget of a caller, whatever its connections.
   *
   * @param options when their sizes are others than before, the caller gets a new budget
   * @throws HeadwaterError `OPTION_INVALID`
   */
  of(caller: string, options: ScanBudgetOptions): ScanBudget {
    const sizes = JSON.stringify([options.perCall, options.perSession, options.renewSeconds]);
    const known = this.#budgets.get(caller);
    if (known?.sizes === sizes) return known.budget;
    const budget = new ScanBudget(options);
    this.#budgets.set(caller, { sizes, budget });
    return budget;
  }
}
