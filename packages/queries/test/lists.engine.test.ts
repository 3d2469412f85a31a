import { describe, test } from 'vitest';
import { assertEmptyLists, assertParameters } from './support/assert-lists.ts';
import { remoteEngines } from './support/remote-engines.ts';
import { withPublishedLakes } from './support/with-published-lakes.ts';

const published = withPublishedLakes('lists');

describe.for(remoteEngines(published.aws))('$name', (engine) => {
  const lake = published.open(engine);
  test('an empty list holds nothing', () => assertEmptyLists(lake as never));
  test("parameters of a person's statement are values", () => assertParameters(lake as never));
});
