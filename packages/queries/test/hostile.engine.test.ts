import { describe, test } from 'vitest';
import { assertExtremes, assertMetricsRefuse, assertTextsAreValues } from './support/assert-hostile.ts';
import { remoteEngines } from './support/remote-engines.ts';
import { withPublishedLakes } from './support/with-published-lakes.ts';

const published = withPublishedLakes('hostile');

describe.for(remoteEngines(published.aws))('$name', (engine) => {
  const lake = published.open(engine);
  test('hostile texts are values', () => assertTextsAreValues(lake));
  test('a huge text and a text that is not well-formed', () => assertExtremes(lake));
  test('every metric rejects hostile parameters', () => assertMetricsRefuse(lake));
});
