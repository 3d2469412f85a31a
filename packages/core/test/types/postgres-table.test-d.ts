import {
  derivePostgresTable,
  derivePostgresUpsert,
  deriveRedshiftCopy,
  deriveRedshiftTable,
} from '../../src/index.ts';
import { testTarget } from '../derive/aws-test-target.ts';
import { shopEvents } from '../derive/shop-events.ts';

const { schema } = shopEvents;

derivePostgresTable(schema, {
  schema: 'lake',
  partition: 'month',
  key: false,
  indexes: ['actor', 'session'],
});
// @ts-expect-error: no such partition
derivePostgresTable(schema, { partition: 'week' });
// @ts-expect-error: a column is no role
derivePostgresTable(schema, { indexes: ['user_id'] });
// @ts-expect-error: a table is not its definition
derivePostgresTable(shopEvents);
// @ts-expect-error: a statement is not written to
derivePostgresUpsert(schema).merge = '';
// @ts-expect-error: COPY reads the lake, whose place it needs
deriveRedshiftCopy(schema);
deriveRedshiftCopy(schema, testTarget, { day: '2019-10-01' });
// @ts-expect-error: a role reads S3, and CREATE TABLE does not
deriveRedshiftTable(schema, { role: 'arn:aws:iam::123456789012:role/r' });
