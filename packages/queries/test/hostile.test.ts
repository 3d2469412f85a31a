import { test } from 'vitest';
import { assertExtremes, assertMetricsRefuse, assertTextsAreValues } from './support/assert-hostile.ts';
import { hostileEvents } from './support/hostile-texts.ts';
import { shop } from './support/shop.ts';
import { withLake } from './support/with-lake.ts';

const made = withLake(shop, hostileEvents);

test('hostile texts are values', () => assertTextsAreValues(made.lake));
test('a huge text and a text that is not well-formed', () => assertExtremes(made.lake));
test('every metric rejects hostile parameters', () => assertMetricsRefuse(made.lake));
