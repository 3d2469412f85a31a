import { describe, test } from 'vitest';
import { assertExtremes, assertMetricsRefuse, assertTextsAreValues } from './support/assert-hostile.ts';
import { remoteEngines } from './support/remote-engines.ts';
import { withPublishedLakes } from './support/with-published-lakes.ts';

const published = withPublishedLakes('hostile');

describe.for(remoteEngines(published.aws))('$name', (engine) => {
  const lake = published.open(engine);
  test('hostile texts are values', () => assertTextsAreValues(lake));
  test('a huge text and a broken one', () => assertExtremes(lake));
  test('no metric takes a hostile parameter', () => assertMetricsRefuse(lake));
});
