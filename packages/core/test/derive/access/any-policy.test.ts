import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import {
  type AwsTarget,
  awsTarget,
  defineEvents,
  deriveIamPolicy,
  isHeadwaterError,
  lake,
  type PolicyRole,
  type TableSchema,
  timestamp,
} from '../../../src/index.ts';
import { policyRoles } from '../../../src/internal.ts';
import { typesOf } from '../iam-reference.ts';

const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,20}[a-z0-9]$/).filter((text) => !text.includes('__'));
const folder = fc.stringMatching(/^[a-z0-9]{3,12}(\/[a-z0-9_-]{1,8}){0,2}$/).map((place) => `s3://${place}`);

/** Definitions that differ in what policies depend on: the name, a view, the questions of a stream. */
const schema = fc
  .record({ table: name, renamed: fc.boolean(), action: fc.boolean() })
  .map(({ table, renamed, action }) => {
    const person = renamed ? z.string().register(lake, { renamedFrom: 'visitor' }) : z.string();
    const kind = action ? { kind: z.enum(['view', 'cart', 'purchase']) } : {};
    return defineEvents(table, {
      columns: { at: timestamp(), person, ...kind },
      roles: { time: 'at', actor: 'person', ...(action ? { action: 'kind' } : {}) },
    }).schema;
  });

const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined });

const partitions = { 'eu-central-1': 'aws', 'cn-north-1': 'aws-cn', 'us-gov-west-1': 'aws-us-gov' } as const;

const target: fc.Arbitrary<AwsTarget> = fc
  .record({
    region: fc.constantFrom('eu-central-1' as const, 'cn-north-1' as const, 'us-gov-west-1' as const),
    database: name,
    location: folder,
    results: optional(fc.constant('s3://results-of-queries')),
    kmsKey: fc.boolean(),
    permissionClasses: optional(fc.subarray(['no_pii', 'no_direct_pii'] as const)),
    bucketOwner: optional(fc.constant('210987654321')),
    dataBrew: optional(fc.record({ project: fc.boolean() })),
    crawler: optional(fc.constant({})),
    dataQuality: optional(fc.constant({})),
    stream: optional(
      fc
        .record({ name, isDelivered: fc.boolean(), deliveryStream: name })
        .map(({ name: stream, isDelivered, deliveryStream }) => ({
          name: stream,
          sessionsTable: 'sessions',
          ...(isDelivered ? { deliveryStream, landing: 's3://landing-of-streams/clicks' } : {}),
        })),
    ),
  })
  .map(({ kmsKey, region, ...config }) => {
    const partition = partitions[region];
    const key = `arn:${partition}:kms:${region}:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab`;
    return awsTarget({
      ...config,
      region,
      account: '123456789012',
      firstDay: '2019-10-01',
      kmsKey: kmsKey ? key : undefined,
    });
  });

/** The part of an ARN that names the resource. It has to name something of the config before anything is left open. */
const isOpen = (arn: string): boolean => /^arn:[^:]+:[^:]+:[^:]*:[^:]*:(\w+[/:])?\*/.test(arn);

/** Lists of QuickSight have a resource in the reference, which is one of its kind each, and give the names of all. */
const isList = (actions: readonly string[]): boolean =>
  actions.every((action) => /^quicksight:List(Themes|Analyses|Dashboards)$/.test(action));

test('whatever is defined, no statement reaches everything without a reason, and none has a pattern of actions', async () => {
  const withoutResource = new Set<string>();
  const withResource = new Set<string>();
  const check = (schemas: readonly TableSchema[], where: AwsTarget): void => {
    for (const role of Object.keys(policyRoles) as PolicyRole[]) {
      const { policy, reasons } = deriveIamPolicy(schemas, where, role);
      for (const { Sid, Effect, Action, Resource } of policy.Statement) {
        expect(Effect).toBe('Allow');
        expect(Action.filter((action) => !/^[a-z0-9]+:[A-Za-z]+$/.test(action))).toEqual([]);
        expect(Action.length * Resource.length, `${role} ${Sid}`).toBeGreaterThan(0);
        if (!isList(Action)) expect(Resource.filter(isOpen)).toEqual([]);
        const isEverything = Resource.includes('*');
        if (isEverything) expect(reasons[Sid]).toMatch(/^On \*: \w/);
        if (isEverything) expect(Resource).toEqual(['*']);
        for (const action of Action) (isEverything ? withoutResource : withResource).add(action);
      }
    }
  };
  fc.assert(
    fc.property(
      fc.uniqueArray(schema, { minLength: 1, maxLength: 2, selector: (one) => one.name }),
      target,
      (schemas, where) => {
        try {
          check(schemas, where);
        } catch (error) {
          // What AWS has no room for is refused, not shortened.
          if (!isHeadwaterError(error, 'AWS_LIMIT_EXCEEDED')) throw error;
        }
      },
    ),
    { numRuns: 40 },
  );
  expect(withResource.size).toBeGreaterThan(80);
  // The service has no resource for it; metrics may name a data set, of which there is none here.
  for (const action of withoutResource) {
    const types = await typesOf(action);
    expect(
      types.filter(({ required }) => required),
      action,
    ).toEqual([]);
    expect(withResource).not.toContain(action);
  }
});
