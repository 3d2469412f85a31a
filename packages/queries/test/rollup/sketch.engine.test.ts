import { useAwsSandbox } from '@headwater/local-aws/testing';
import { createLake } from '@headwater/queries';
import { describe, test } from 'vitest';
import { assertSketch } from '../support/assert-sketch.ts';
import { remoteEngines } from '../support/remote-engines.ts';
import { shop } from '../support/shop.ts';

const aws = useAwsSandbox('sketch');

describe.for(remoteEngines(aws))('$name', (engine) => {
  test('the sketch of keys is that of its definition', async () => {
    await using lake = createLake({ tables: [shop], engine });
    await assertSketch(lake as never, 'shop');
  });
});
