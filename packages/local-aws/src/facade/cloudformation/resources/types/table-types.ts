import { at, has } from '../../../../rules/aws-rule.ts';
import { AwsError } from '../../../aws-error.ts';
import type { ApiResource, CallContext } from '../api-resource.ts';
import { isSame } from '../api-resource.ts';
import type { Properties } from '../resource-handler.ts';
import { listOf, present } from './values.ts';

const tableName = ({ properties }: CallContext) => ({ TableName: properties['TableName'] });

const tableArn = ({ region, account, properties }: CallContext): string =>
  `arn:aws:dynamodb:${region}:${account}:table/${properties['TableName']}`;

/** A table of CloudFormation's newer type as one of the older: that of the replica in this region. */
function ownReplica(properties: Properties, region: string): Properties {
  const replicas = listOf(properties['Replicas']);
  if (replicas.length === 0) return properties;
  const [own, ...others] = replicas;
  if (at(own, 'Region') !== region || others.length > 0)
    throw new AwsError('ValidationException', `The stand-in has one replica of a table, in ${region}`);
  return { ...properties, ...Object(own) };
}

const whole = ({ properties, region }: CallContext): Properties => ownReplica(properties, region);

const encryption = (table: Properties): Properties =>
  has(table, 'SSESpecification')
    ? {
        SSESpecification: {
          Enabled: at(table, 'SSESpecification', 'SSEEnabled'),
          SSEType: at(table, 'SSESpecification', 'SSEType'),
          KMSMasterKeyId: at(table, 'SSESpecification', 'KMSMasterKeyId'),
        },
      }
    : {};

const changes = (table: Properties): Properties =>
  has(table, 'StreamSpecification')
    ? { StreamSpecification: { ...Object(table['StreamSpecification']), StreamEnabled: true } }
    : {};

const recovery = (isWanted: (context: CallContext) => boolean) =>
  ({
    operation: 'UpdateContinuousBackups',
    isOwn: true,
    when: isWanted,
    with: (context: CallContext) => ({
      ...tableName(context),
      PointInTimeRecoverySpecification: at(whole(context), 'PointInTimeRecoverySpecification') ?? {
        PointInTimeRecoveryEnabled: false,
      },
    }),
    uses: ['PointInTimeRecoverySpecification', 'Replicas'],
  }) as const;

const expiry = (isWanted: (context: CallContext) => boolean) =>
  ({
    operation: 'UpdateTimeToLive',
    isOwn: true,
    when: isWanted,
    with: (context: CallContext) => ({
      ...tableName(context),
      TimeToLiveSpecification: context.properties['TimeToLiveSpecification'],
    }),
    uses: ['TimeToLiveSpecification'],
  }) as const;

const table: ApiResource = {
  service: 'dynamodb',
  name: 'TableName',
  replaces: ['KeySchema', 'LocalSecondaryIndexes', 'ImportSourceSpecification'],
  attributes: (context) => {
    const described = at(context.answer, 'TableDescription') ?? at(context.answer, 'Table');
    return {
      Arn: tableArn(context),
      TableId: String(at(described, 'TableId')),
      ...(has(described, 'LatestStreamArn') ? { StreamArn: String(at(described, 'LatestStreamArn')) } : {}),
    };
  },
  exists: { operation: 'DescribeTable', isOwn: true, with: tableName },
  create: [
    {
      operation: 'CreateTable',
      with: (context) => {
        const own = whole(context);
        return { ...own, Replicas: undefined, ...encryption(own), ...changes(own) };
      },
      uses: ['SSESpecification', 'StreamSpecification', 'Replicas'],
    },
    recovery((context) => has(whole(context), 'PointInTimeRecoverySpecification')),
    expiry(({ properties }) => has(properties, 'TimeToLiveSpecification')),
  ],
  update: [
    {
      operation: 'UpdateTable',
      isOwn: true,
      when: ({ properties, old, region }) =>
        !isSame(settings(ownReplica(properties, region)), settings(ownReplica(old, region))),
      with: (context) => ({ ...tableName(context), ...settings(whole(context)) }),
      uses: [
        'BillingMode',
        'ProvisionedThroughput',
        'DeletionProtectionEnabled',
        'TableClass',
        'SSESpecification',
      ],
    },
    recovery(
      ({ properties, old, region }) =>
        !isSame(
          ownReplica(properties, region)['PointInTimeRecoverySpecification'],
          ownReplica(old, region)['PointInTimeRecoverySpecification'],
        ),
    ),
    expiry(
      ({ properties, old }) => !isSame(properties['TimeToLiveSpecification'], old['TimeToLiveSpecification']),
    ),
    {
      operation: 'TagResource',
      isOwn: true,
      with: (context) => ({
        ResourceArn: tableArn(context),
        Tags: whole(context)['Tags'] ?? [],
      }),
      uses: ['Tags'],
    },
  ],
  delete: [
    {
      operation: 'DeleteTable',
      isOwn: true,
      with: tableName,
    },
  ],
};

/** What an update of a table may set. */
function settings(own: Properties): Properties {
  const names = ['BillingMode', 'ProvisionedThroughput', 'DeletionProtectionEnabled', 'TableClass'];
  return { ...present(own, names), ...encryption(own) };
}

/** Tables of DynamoDB. */
export const tableTypes: Readonly<Record<string, ApiResource>> = {
  'AWS::DynamoDB::Table': table,
  'AWS::DynamoDB::GlobalTable': table,
};
