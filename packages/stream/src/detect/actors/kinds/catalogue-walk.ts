import { defineActorKind } from '../actor-kind.ts';
import { itemNumber } from '../item-number.ts';

/** What a step back leaves of a run: so a list of 20 that is followed again and again stays below 30. */
const keptAfterStepBack = 1 / 3;

/** Counts through the ids of products: each is above the one before, or each is below, for far longer than a list that people follow. */
export const catalogueWalk = defineActorKind('catalogue-walk', {
  severity: 'warning',
  words: {
    seen: 'products in the order of their ids',
    expected: 'the longest list in the order of ids that a shopper follows',
    why: 'shops show products by popularity, price or date, so ids come in no order',
  },
  sizes: { prefix: 1, high: 1, low: 1, run: 1, since: 1 },
  observe(fields, { action, item, itemId, gap, time }, { steps, fastSteps, reading, pause }) {
    if (action !== 'view' || item === 0) return 0;
    const { prefix, number } = itemNumber(itemId);
    const before = fields.high * 0x1_0000_0000 + fields.low;
    const isSameList = prefix === fields.prefix && gap <= pause * 1000;
    // The same product again is no step: the page was loaded twice.
    if (isSameList && number === before) return 0;
    // The run is above zero while ids rise, and below while they fall.
    const run = isSameList ? fields.run | 0 : 0;
    const direction = number > before ? 1 : -1;
    // A step back may be a page that was loaded out of turn.
    const kept = run * direction >= 0 ? run : Math.trunc(run * keptAfterStepBack);
    fields.run = kept * direction >= 0 ? kept + direction : kept;
    if (run === 0) fields.since = Math.floor(time / 1000);
    fields.prefix = prefix;
    fields.high = Math.floor(number / 0x1_0000_0000);
    fields.low = number >>> 0;
    const length = Math.abs(fields.run | 0);
    const isFast = Math.floor(time / 1000) - fields.since < reading * length;
    return length / (isFast ? fastSteps : steps);
  },
  sign: (fields, _row, { steps, fastSteps }) => ({
    seen: Math.abs(fields.run | 0),
    expected: Math.abs(fields.run | 0) < steps ? fastSteps : steps,
    start: fields.since * 1000,
  }),
});
