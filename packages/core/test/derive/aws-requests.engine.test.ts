import { useAwsSandbox } from '@headwater/local-aws/testing';
import { expect, test } from 'vitest';
import { awsTarget } from '../../src/index.ts';
import { awsRequests, botocoreProblems, hasBotocore } from './aws-requests.ts';

const aws = useAwsSandbox('derive');

/** What the emulator does not have; botocore's model is all that reads it here. */
const notThere = 'CreateDataCellsFilter';

const mayLack = process.env['HEADWATER_ENGINES'] !== 'all';

test.skipIf(mayLack && !hasBotocore())(
  'every derived request is taken: tables, schemas, tags, policies, the workgroup',
  () => {
    const target = awsTarget({
      region: 'us-east-1',
      account: '123456789012',
      database: aws.database,
      location: aws.location,
      firstDay: '2019-10-01',
      registry: aws.database,
      workgroup: aws.database,
    });
    const requests = awsRequests(target).filter(({ operation }) => operation !== notThere);
    expect(botocoreProblems(requests, 'send')).toEqual([]);
  },
);
