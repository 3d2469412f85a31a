import { actionMeasures } from '../action-measures.ts';
import { ratio } from '../amounts.ts';
import { grouped } from '../grouped.ts';
import { ascending, descending, inOrder, ranked } from '../order.ts';
import type { Question } from '../question.ts';

/** Products that are viewed, from the fewest purchases per view. */
export function slowSellers(question: Question) {
  const minViews = question.number('minViews', 1);
  const rows = grouped(question.events, (event) => [question.thingOf(event), event.item] as const)
    .map(({ key: [part, product], rows: events }) => {
      const measures = actionMeasures(events, question.shop.scale);
      return {
        ...question.partColumn(part),
        product,
        ...measures,
        purchasesPerView: ratio(measures.purchases, measures.views),
      };
    })
    .filter(({ views }) => views >= minViews);
  const order = inOrder(ascending('purchasesPerView'), descending('views'), ascending('product'));
  return ranked(rows, question.by, question.number('limit', 10), order);
}
