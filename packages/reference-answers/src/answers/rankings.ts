import { actionMeasures } from '../action-measures.ts';
import { distinct, grouped } from '../grouped.ts';
import { ascending, descending, inOrder, ranked } from '../order.ts';
import type { PlainEvent } from '../plain-event.ts';
import type { Question } from '../question.ts';

/** Brands, products or categories by a measure, those without a name as one. */
const ranking =
  (
    column: 'brand' | 'product' | 'category',
    thingOf: (event: PlainEvent) => string | null,
    hasBuyers: boolean,
  ) =>
  (question: Question) => {
    const { sort = question.shop.hasAmounts ? 'revenue' : 'purchases' } = question.parameters;
    const rows = grouped(question.events, (event) => [question.partOf(event), thingOf(event)] as const).map(
      ({ key: [part, thing], rows: events }) => {
        const buyers = events.filter(({ action }) => action === 'purchase').map(({ actor }) => actor);
        return {
          ...question.partColumn(part),
          [column]: thing,
          ...actionMeasures(events, question.shop.scale),
          ...(hasBuyers ? { buyers: distinct(buyers) } : {}),
        };
      },
    );
    const order = inOrder(descending(String(sort)), ascending(column));
    return ranked(rows, question.by, question.number('limit', 10), order);
  };

export const topBrands = ranking('brand', ({ brand }) => brand, true);
export const topProducts = ranking('product', ({ item }) => item, true);
export const topCategories = ranking('category', ({ category }) => category, false);
