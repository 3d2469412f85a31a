import { distinct, grouped } from '../grouped.ts';
import { ascending, descending, inOrder, ranked } from '../order.ts';
import type { Question } from '../question.ts';

/** Shares of views less shares of purchases, of brands, within each category where it is by that. */
export function brandAttention(question: Question) {
  const [limit, minViews] = [question.number('limit', 10), question.number('minViews', 1)];
  const events = question.events.filter(({ brand }) => brand !== null);
  const count = (rows: typeof events, action: string) => rows.filter((event) => event.action === action);
  const rows = grouped(events, (event) => [question.thingOf(event)] as const).flatMap(
    ({ key: [part], rows: inPart }) =>
      grouped(inPart, ({ brand }) => [brand] as const).map(({ key: [brand], rows: own }) => {
        const [views, purchases] = [count(own, 'view'), count(own, 'purchase')];
        const bought = count(inPart, 'purchase').length;
        const viewShare = views.length / count(inPart, 'view').length;
        const purchaseShare = bought === 0 ? 0 : purchases.length / bought;
        return {
          ...question.partColumn(part),
          brand,
          views: views.length,
          viewers: distinct(views.map(({ actor }) => actor)),
          purchases: purchases.length,
          buyers: distinct(purchases.map(({ actor }) => actor)),
          viewShare,
          purchaseShare,
          attentionGap: viewShare - purchaseShare,
        };
      }),
  );
  const listed = rows.filter(({ views }) => views >= minViews);
  return ranked(listed, question.by, limit, inOrder(descending('attentionGap'), ascending('brand')));
}
