import { brandAttention } from './answers/brand-attention.ts';
import { cartAbandonment } from './answers/cart-abandonment.ts';
import { conversionFunnel } from './answers/conversion-funnel.ts';
import { dailyVisitors } from './answers/daily-visitors.ts';
import { frequentVisitors } from './answers/frequent-visitors.ts';
import { funnel } from './answers/funnel.ts';
import { newVsReturning } from './answers/new-vs-returning.ts';
import { peakHours } from './answers/peak-hours.ts';
import { topBrands, topCategories, topProducts } from './answers/rankings.ts';
import { repeatPurchase } from './answers/repeat-purchase.ts';
import { retention } from './answers/retention.ts';
import { revenue } from './answers/revenue.ts';
import { sessionSummary } from './answers/session-summary.ts';
import { slowSellers } from './answers/slow-sellers.ts';
import { withCartItems } from './cart-items.ts';
import { deriveSessions } from './derive-sessions.ts';
import type { PlainEvent, PlainShop } from './plain-event.ts';
import { type Parameters, Question } from './question.ts';

/** A row of an answer, as `runMetric` gives it. */
export type AnswerRow = Readonly<Record<string, unknown>>;

const answers = {
  'brand-attention': brandAttention,
  'cart-abandonment': cartAbandonment,
  'conversion-funnel': conversionFunnel,
  'daily-visitors': dailyVisitors,
  'frequent-visitors': frequentVisitors,
  funnel,
  'new-vs-returning': newVsReturning,
  'peak-hours': peakHours,
  'repeat-purchase': repeatPurchase,
  retention,
  revenue,
  'session-summary': sessionSummary,
  'slow-sellers': slowSellers,
  'top-brands': topBrands,
  'top-categories': topCategories,
  'top-products': topProducts,
} as const satisfies Record<string, (question: Question) => AnswerRow[]>;

/** Those that ask about products, categories, brands or amounts also when they are not broken down by one. */
const aboutThings: ReadonlySet<string> = new Set([
  'brand-attention',
  'cart-abandonment',
  'frequent-visitors',
  'peak-hours',
  'revenue',
  'slow-sellers',
  'top-brands',
  'top-categories',
  'top-products',
]);

/** A metric that has an answer here. */
export type ReferenceName = keyof typeof answers;

/** Every metric that has an answer here. */
export const referenceNames = Object.keys(answers) as readonly ReferenceName[];

/**
 * The answer of a metric, worked out from the sentence that defines it and from nothing of its query.
 *
 * @param parameters as for `runMetric`
 * @param keeps the events that meet a filter; all by default
 * @example referenceAnswer(shop, 'revenue', { from: '2019-10-01', to: '2019-10-31', grain: 'week' })
 */
export function referenceAnswer(
  shop: PlainShop,
  metric: ReferenceName,
  parameters: Parameters,
  keeps: (event: PlainEvent) => boolean = () => true,
): AnswerRow[] {
  const asked = new Question(shop, parameters);
  const takesCart = shop.takesCart === true && (aboutThings.has(metric) || asked.isByThing);
  const all = takesCart ? withCartItems(shop.events) : shop.events;
  // A session is what the events that meet a filter make of it.
  const kept = all.filter(keeps);
  const { inactivitySeconds: pause } = shop;
  const events = pause === undefined ? kept : deriveSessions(kept, pause);
  return answers[metric](new Question({ ...shop, events }, parameters));
}
