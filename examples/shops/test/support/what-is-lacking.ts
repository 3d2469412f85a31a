import type { Days, Refusal } from './shop-case.ts';

/** Local days, both inside. */
export const days = (from: string, to = from): Days => ({ from, to });

/** What a metric says that needs roles which the shop has no columns for. */
export const lacksRole = (...missing: readonly string[]): Refusal => ({
  code: 'ROLE_MISSING',
  payload: { missing },
});

/** What a metric says that needs actions which never happen in the files of the shop. */
export const lacksAction = (...missing: readonly string[]): Refusal => ({
  code: 'ACTION_MISSING',
  payload: { missing },
});

/** The measures that are left out where no event is of a session. */
export const withoutSessions = {
  'daily-visitors': ['sessions', 'eventsWithoutSession'],
  'frequent-visitors': ['sessions', 'eventsWithoutSession'],
  'repeat-purchase': ['purchasesWithoutSession'],
  revenue: ['purchasesWithoutSession', 'revenueWithoutSession'],
} as const;
/** Those where every event is a purchase. */
export const purchasesAlone = ['views', 'carts'] as const;
/** Those where nothing has a price. */
export const withoutAmounts = {
  'cart-abandonment': ['abandonedValue'],
  'frequent-visitors': ['revenue'],
  'peak-hours': ['revenue'],
  'slow-sellers': ['revenue'],
  'top-categories': ['revenue'],
  'top-products': ['revenue'],
} as const;
