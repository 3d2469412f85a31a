import { athenaEngine, trinoEngine } from '@headwater/queries';
import { describe, test } from 'vitest';
import { assertExtremes, assertMetricsRefuse, assertTextsAreValues } from './support/assert-hostile.ts';
import { withPublishedLakes } from './support/with-published-lakes.ts';

const published = withPublishedLakes('hostile');
const { aws } = published;
const engines = {
  trino: trinoEngine({ url: aws.endpoints.trino, catalog: 'awsdatacatalog', schema: aws.database }),
  athena: athenaEngine({
    region: 'us-east-1',
    database: aws.database,
    workgroup: 'primary',
    results: `s3://${aws.bucket}/_athena`,
  }),
};

describe.for(Object.entries(engines))('%s', ([, engine]) => {
  const lake = published.open(engine);
  test('hostile texts are values', () => assertTextsAreValues(lake));
  test('a huge text and a broken one', () => assertExtremes(lake));
  test('no metric takes a hostile parameter', () => assertMetricsRefuse(lake));
});
