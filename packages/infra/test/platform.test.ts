import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deriveIamPolicy } from '@headwater/core';
import { platformFacts, priceTable } from '@headwater/infra';
import { simulateAccess } from '@headwater/local-aws/testing';
import { App, Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PeoplePolicies } from '../src/roles/people-policies.ts';
import { ServiceRoles } from '../src/roles/service-roles.ts';
import { bucketPolicies } from './support/bucket-policies.ts';
import { shopTable } from './support/clickstream.ts';
import { acknowledgements, findingsOf, seenBy } from './support/nag-report.ts';
import { shopConfig } from './support/shop-config.ts';
import { type Synthesized, synthesize, type TemplateResource } from './support/synthesize.ts';

let shop: Synthesized;
beforeAll(async () => {
  shop = await synthesize(shopConfig());
});
afterAll(() => shop[Symbol.asyncDispose]());

const ofType = (type: string) => Object.values(shop.resources).filter(({ Type }) => Type === type);
const buckets = () =>
  new Map(ofType('AWS::S3::Bucket').map((bucket) => [String(bucket.Properties['BucketName']), bucket]));

test('the same config gives the same bytes', async () => {
  await using again = await synthesize(shopConfig(), shop.assets);
  expect(again.text === shop.text).toBe(true);
});

test('it is below the limits of CloudFormation, with room for more tables', () => {
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
  expect(Object.keys(shop.resources).length).toBeLessThan(500 * 0.7);
  expect(Buffer.byteLength(shop.text)).toBeLessThan(1_048_576 * 0.7);
});

test('every group of logs forgets', () => {
  const groups = ofType('AWS::Logs::LogGroup');
  expect(groups.length).toBeGreaterThan(0);
  for (const { Properties } of groups) expect(Properties['RetentionInDays']).toBe(30);
});

test('what has data stays when the stack goes', () => {
  const withData = new Set([
    ...['AWS::DynamoDB::Table', 'AWS::Glue::Database', 'AWS::Glue::Registry', 'AWS::Glue::Schema'],
    ...['AWS::Glue::Table', 'AWS::Kinesis::Stream', 'AWS::S3::Bucket'],
  ]);
  const goes = Object.entries(shop.resources)
    .filter(([, { Type, DeletionPolicy = '' }]) => withData.has(Type) && !DeletionPolicy.startsWith('Retain'))
    .map(([id]) => id);
  expect(goes).toEqual([]);
});

describe('the README', () => {
  const readme = readFileSync(join(import.meta.dirname, '../README.md'), 'utf8');

  test('lists every service of the platform, with a resource and a test of it', () => {
    const [, section = ''] = readme.split('## Every service');
    const rows = section.split('\n').filter((line) => /^\| .*`AWS::/.test(line));
    const listed = rows.flatMap((row) => row.match(/(AWS::\w+|Custom)::\w+/g) ?? []);
    const made = new Set(Object.values(shop.resources).map(({ Type }) => Type));
    expect([...made].filter((type) => !listed.includes(type))).toEqual([]);
    expect(listed.filter((type) => !made.has(type))).toEqual([]);
    expect(new Set(listed).size).toBe(listed.length);
    for (const row of rows) {
      const [path = ''] = row.match(/packages\/[\w/.-]+\.test\.ts/) ?? [];
      expect(existsSync(join(import.meta.dirname, '../../..', path)), row).toBe(true);
    }
  });

  test('has the prices of a shop with all parts', () => {
    const { rows } = priceTable(shopConfig(), platformFacts);
    const [first = [], ...others] = rows;
    const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
    const table = [line(first), '|---|--:|--:|--:|', ...others.map(line)].join('\n');
    expect(readme).toContain(`<!-- prices -->\n\n${table}\n\n<!-- /prices -->`);
  });
});

describe('cdk-nag', () => {
  test('AwsSolutions and Serverless find nothing in the whole platform', () => {
    expect(findingsOf(shop.app, { acknowledged: true })).toEqual([]);
  });

  test('the packs were shown every resource of the template', () => {
    expect(seenBy(shop.app)).toHaveLength(Object.keys(shop.resources).length);
  });

  test('the packs find what is wrong', () => {
    const app = new App();
    new Bucket(new Stack(app, 'Wrong'), 'Open');
    const rules = findingsOf(app, { acknowledged: true }).map((line) => line.split(' ')[0]);
    expect(rules).toEqual(['AwsSolutions-S1', 'AwsSolutions-S10']);
  });

  test('every acknowledgement is of a finding, and says why', () => {
    const found = findingsOf(shop.app, { acknowledged: false }).map((line) => {
      const [rule = '', path = ''] = /^(\S+) (.*)$/.exec(line)?.slice(1) ?? [];
      return { rule, path };
    });
    const all = acknowledgements(shop.stack).filter(({ rule }) => /^(AwsSolutions|Serverless)-/.test(rule));
    const stale = all.filter(
      ({ rule, path }) => !found.some((one) => one.rule === rule && `${one.path}/`.startsWith(`${path}/`)),
    );
    expect(stale).toEqual([]);
    expect(all.filter(({ reason }) => !/\S{2,} \S+ \S{2,}/.test(reason))).toEqual([]);
    expect(all.length).toBeGreaterThan(0);
  });

  test('a permission on everything says why it has no narrower resource', () => {
    const everything = acknowledgements(shop.stack).filter(
      ({ rule }) => rule === 'AwsSolutions-IAM5[Resource::*]',
    );
    expect(everything.filter(({ reason }) => !/On \*: .+/.test(reason))).toEqual([]);
  });
});

describe('buckets', () => {
  test('there is one for every place of the config, and one for logs and for poison', () => {
    expect([...buckets().keys()].toSorted()).toEqual([
      'example-shop-clean',
      'example-shop-lake',
      'example-shop-lake-logs',
      'example-shop-lake-poison',
      'example-shop-landing',
      'example-shop-results',
    ]);
  });

  test('each is encrypted, closed to the public, without ACLs, and kept', () => {
    const closed = {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    };
    for (const [name, { Properties, DeletionPolicy, UpdateReplacePolicy }] of buckets()) {
      expect(Properties['PublicAccessBlockConfiguration'], name).toEqual(closed);
      expect(Properties['OwnershipControls'], name).toEqual({
        Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }],
      });
      expect(JSON.stringify(Properties['BucketEncryption']), name).toContain('AES256');
      expect([DeletionPolicy, UpdateReplacePolicy], name).toEqual(['RetainExceptOnCreate', 'Retain']);
    }
  });

  test('each refuses by its policy, whatever the caller may do, what comes without TLS, or with an old one', async () => {
    const everything = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }],
    };
    const policies = bucketPolicies(shop.resources);
    expect([...policies.keys()].toSorted()).toEqual([...buckets().keys()].toSorted());
    for (const [name, resource] of policies) {
      const decide = (action: string, path: string, context: Record<string, string>) =>
        simulateAccess(
          { identity: [everything], resource },
          { action, resource: `arn:aws:s3:::${name}${path}`, context },
        );
      const tls = { 'aws:SecureTransport': 'true', 's3:TlsVersion': '1.3' };
      for (const [action, path] of [
        ['s3:GetObject', '/a'],
        ['s3:PutObject', '/a'],
        ['s3:ListBucket', ''],
      ] as const) {
        expect(await decide(action, path, tls), `${action} on ${name}`).toBe('allowed');
        const plain = { 'aws:SecureTransport': 'false' };
        expect(await decide(action, path, plain), `${action} on ${name}, without TLS`).toBe('explicitDeny');
        const old = { ...tls, 's3:TlsVersion': '1.1' };
        expect(await decide(action, path, old), `${action} on ${name}, TLS 1.1`).toBe('explicitDeny');
      }
    }
  });

  test('each has a policy that refuses what does not come by TLS 1.2', () => {
    const policies = ofType('AWS::S3::BucketPolicy').map(({ Properties }) => JSON.stringify(Properties));
    expect(policies).toHaveLength(buckets().size);
    for (const policy of policies) {
      expect(policy).toContain('"aws:SecureTransport":"false"');
      expect(policy).toContain('"s3:TlsVersion":1.2');
    }
  });

  test('each but that of the logs has access logs there', () => {
    for (const [name, { Properties }] of buckets()) {
      const logs = Properties['LoggingConfiguration'];
      if (name === 'example-shop-lake-logs') expect(logs).toBeUndefined();
      else
        expect(logs).toEqual({
          DestinationBucketName: 'example-shop-lake-logs',
          LogFilePrefix: `${name}/`,
        });
    }
  });

  test('S3 may deliver logs before a bucket asks for them', () => {
    const [[policyId = '', policy] = []] = Object.entries(shop.resources).filter(
      ([, { Type, Properties }]) =>
        Type === 'AWS::S3::BucketPolicy' && JSON.stringify(Properties).includes('DeliverAccessLogs'),
    );
    expect(JSON.stringify(policy)).toContain('arn:aws:s3:::example-shop-lake-logs/example-shop-lake/*');
    for (const [name, { DependsOn = [] }] of buckets())
      expect([DependsOn].flat().includes(policyId), name).toBe(name !== 'example-shop-lake-logs');
  });

  test('the lake and what lands are versioned, and old versions go', () => {
    const isVersioned = [...buckets()].filter(
      ([, { Properties }]) => 'VersioningConfiguration' in Properties,
    );
    expect(isVersioned.map(([name]) => name).toSorted()).toEqual([
      'example-shop-lake',
      'example-shop-landing',
    ]);
    for (const [, { Properties }] of isVersioned)
      expect(Properties['LifecycleConfiguration']).toMatchObject({
        Rules: expect.arrayContaining([
          expect.objectContaining({ NoncurrentVersionExpiration: { NoncurrentDays: 30 } }),
        ]),
      });
  });

  test('the rules of the lake and of results are those that are derived', () => {
    const rulesOf = (name: string) => buckets().get(name)?.Properties['LifecycleConfiguration'];
    expect(rulesOf('example-shop-results')).toEqual({
      Rules: [
        {
          Id: 'headwater-shop-results',
          Status: 'Enabled',
          Prefix: 'athena/',
          ExpirationInDays: 7,
          NoncurrentVersionExpiration: { NoncurrentDays: 1 },
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
        },
      ],
    });
    expect(rulesOf('example-shop-lake')).toMatchObject({
      Rules: [
        { Id: 'headwater-shop-uploads', Prefix: 'events/' },
        {
          Id: 'shop-clickstream-staging',
          ExpiredObjectDeleteMarker: true,
          NoncurrentVersionExpiration: { NoncurrentDays: 1 },
        },
        { Id: 'headwater-old-versions' },
      ],
    });
  });

  test('the bucket where raw files land tells EventBridge', () => {
    const events = { EventBridgeConfiguration: { EventBridgeEnabled: true } };
    const telling = [...buckets()].filter(([, { Properties }]) => 'NotificationConfiguration' in Properties);
    expect(telling.map(([name, { Properties }]) => [name, Properties['NotificationConfiguration']])).toEqual([
      ['example-shop-landing', events],
    ]);
  });
});

test('the policies of people are those that are derived', () => {
  const { target, tables } = platformFacts(shopConfig());
  const schemas = tables.map(({ schema }) => schema);
  const policies = new Map(
    ofType('AWS::IAM::ManagedPolicy').map(({ Properties }) => [Properties['ManagedPolicyName'], Properties]),
  );
  expect([...policies.keys()]).toEqual(
    ['analyst', 'etl', 'publisher', 'submitter', 'dashboard-publisher', 'producer', 'live-reader'].map(
      (role) => `headwater-shop-${role}`,
    ),
  );
  const { Statement } = deriveIamPolicy(schemas, target, 'analyst').policy;
  const analyst = policies.get('headwater-shop-analyst')?.['PolicyDocument'];
  expect(listed(analyst)).toEqual(listed({ Version: '2012-10-17', Statement }));
});

describe('what roles may do fits, whatever the number of tables', () => {
  const services = ['crawler', 'databrew', 'firehose', 'flink', 'flink-studio', 'spark-job'] as const;
  const factsOf = (count: number) => {
    const others = Array.from({ length: count - 1 }, (_, index) => shopTable(`clicks_${index + 2}`));
    const { schemas: _, ...config } = shopConfig();
    return platformFacts({ ...config, tables: [shopTable('clicks_1'), ...others] });
  };
  /** A policy document, whether in a role or beside it. */
  interface Document {
    readonly Statement: readonly { readonly Sid: string; readonly Resource: string | readonly string[] }[];
  }
  const sizeOf = (document: unknown): number => JSON.stringify(document).replaceAll(/\s/g, '').length;

  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
  test.each([1, 5, 20])('%i tables', (count) => {
    const app = new App();
    const stack = new Stack(app, 'Roles');
    const facts = factsOf(count);
    const roles = new ServiceRoles(stack, 'Services', facts);
    for (const name of services) roles.role(name);
    new PeoplePolicies(stack, 'People', facts);
    expect(findingsOf(app, { acknowledged: true })).toEqual([]);
    const [artifact] = app.synth().stacks;
    const resources = Object.entries<TemplateResource>(artifact?.template.Resources);
    const managed = new Map(
      resources
        .filter(([, { Type }]) => Type === 'AWS::IAM::ManagedPolicy')
        .map(([id, { Properties }]) => [id, Properties['PolicyDocument'] as Document]),
    );
    for (const document of managed.values()) expect(sizeOf(document)).toBeLessThanOrEqual(6144);
    const made = resources.filter(([, { Type }]) => Type === 'AWS::IAM::Role');
    expect(made).toHaveLength(services.length);
    for (const [id, { Properties }] of made) {
      const inline = (Properties['Policies'] ?? []) as { readonly PolicyDocument: Document }[];
      const beside = (Properties['ManagedPolicyArns'] ?? []) as { readonly Ref: string }[];
      // Grants of the scripts and plans of jobs come on top.
      expect(sizeOf(inline.map(({ PolicyDocument }) => PolicyDocument)), id).toBeLessThanOrEqual(6144);
      expect(beside.length, id).toBeLessThanOrEqual(10);
      expect(beside.filter(({ Ref }) => !managed.has(Ref))).toEqual([]);
      expect(inline.length + beside.length, id).toBeGreaterThan(0);
      if (Properties['RoleName'] !== 'headwater-shop-spark-job') continue;
      const documents = [
        ...inline.map(({ PolicyDocument }) => PolicyDocument),
        ...beside.flatMap(({ Ref }) => managed.get(Ref) ?? []),
      ];
      const tablesOf = (document: Document, sid: string, pattern: RegExp) =>
        document.Statement.filter(({ Sid }) => Sid === sid)
          .flatMap(({ Resource }) => Resource)
          .flatMap((arn) => pattern.exec(arn)?.[1] ?? []);
      for (const document of documents)
        expect(tablesOf(document, 'ReadLanding', /\/(clicks_\d+)\/\*$/)).toEqual(
          tablesOf(document, 'WriteLake', /\/events\/(clicks_\d+)\/\*$/),
        );
      expect(documents.flatMap((document) => tablesOf(document, 'ReadLanding', /(clicks_\d+)/))).toEqual(
        facts.tables.map(({ name }) => name),
      );
      expect(documents.length > 1).toBe(count === 20);
    }
  });

  test('or is refused, with what to do', () => {
    const roles = new ServiceRoles(new Stack(new App(), 'Roles'), 'Services', factsOf(200));
    expect(() => roles.role('spark-job')).toThrow(
      /^The role headwater-shop-spark has \d+ managed policies; the maximum on AWS is 10\. Give each group of tables a config of its own, with another aws\.database/,
    );
  });
});

/** A document whose lists of one are lists: CDK writes them as texts, which mean the same. */
const listed = (document: unknown): unknown =>
  JSON.parse(JSON.stringify(document), (key, value: unknown) =>
    ['Action', 'Resource'].includes(key)
      ? [value].flat()
      : Array.isArray(value) && value.length === 1 && typeof value[0] === 'string'
        ? value[0]
        : value,
  );

describe('QuickSight', () => {
  test('the assets have the permissions and the record of publishing', () => {
    const [dashboard] = ofType('AWS::QuickSight::Dashboard');
    const tags = dashboard?.Properties['Tags'] as { readonly Key: string; readonly Value: string }[];
    const tagOf = (key: string) => tags.find(({ Key }) => Key === key)?.Value;
    expect(tagOf('headwater-dashboard')).toBe('headwater-shop-clickstream-dashboard');
    expect(tagOf('headwater-published')).toMatch(/^[0-9a-f]{16}$/);
    expect(JSON.stringify(dashboard?.Properties['Permissions'])).toContain('group/default/buyers');
  });

  test('an asset is made after what it names', () => {
    const idsOf = (type: string) =>
      Object.entries(shop.resources).flatMap(([id, { Type }]) => (Type === type ? [id] : []));
    for (const { DependsOn } of ofType('AWS::QuickSight::DataSet'))
      expect(DependsOn).toEqual(expect.arrayContaining(idsOf('AWS::QuickSight::DataSource')));
    const called = (type: string, name: string) =>
      idsOf(type).filter((id) => JSON.stringify(shop.resources[id]?.Properties).includes(`"${name}"`));
    const queried = [
      called('AWS::Athena::WorkGroup', 'headwater-shop'),
      called('AWS::S3::Bucket', 'example-shop-results'),
      called('AWS::Glue::Table', 'clickstream'),
    ];
    for (const ids of queried) expect(ids).toHaveLength(1);
    for (const { DependsOn } of ofType('AWS::QuickSight::DataSource'))
      expect(DependsOn).toEqual(expect.arrayContaining(queried.flat()));
    for (const { DependsOn } of ofType('AWS::QuickSight::Dashboard'))
      expect(DependsOn).toEqual(
        expect.arrayContaining([...idsOf('AWS::QuickSight::DataSet'), ...idsOf('AWS::QuickSight::Theme')]),
      );
  });
});

test('the budget tells the topic of alarms, which lets it', () => {
  const [budget] = ofType('AWS::Budgets::Budget');
  expect(budget?.Properties['Budget']).toMatchObject({
    BudgetLimit: { Amount: 1000, Unit: 'USD' },
    CostFilters: { TagKeyValue: ['user:headwater:database$shop'] },
  });
  const subscribers = JSON.stringify(budget?.Properties['NotificationsWithSubscribers']);
  expect(subscribers).toContain('"arn:aws:sns:eu-central-1:123456789012:headwater-shop-alarms"');
  const policy = JSON.stringify(ofType('AWS::SNS::TopicPolicy'));
  expect(policy).toContain('"budgets.amazonaws.com"');
  expect(JSON.stringify(budget?.DependsOn)).toMatch(/Alarms/);
});
