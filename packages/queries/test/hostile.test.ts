import { test } from 'vitest';
import { assertExtremes, assertMetricsRefuse, assertTextsAreValues } from './support/assert-hostile.ts';
import { hostileEvents } from './support/hostile-texts.ts';
import { shop } from './support/shop.ts';
import { withLake } from './support/with-lake.ts';

const made = withLake(shop, hostileEvents);

test('hostile texts are values', () => assertTextsAreValues(made.lake));
test('a huge text and a broken one', () => assertExtremes(made.lake));
test('no metric takes a hostile parameter', () => assertMetricsRefuse(made.lake));
