import { describe, expect, test } from 'vitest';
import {
  deriveGithubRoles,
  deriveIamPolicy,
  type GithubRolesOptions,
  type GithubRolesTemplate,
  isHeadwaterError,
} from '../../src/index.ts';
import { testTarget } from './aws-test-target.ts';
import { shopEvents } from './shop-events.ts';

const tables = [shopEvents.schema];
const derive = (options: Partial<GithubRolesOptions> = {}) =>
  deriveGithubRoles(tables, testTarget, { repository: 'ada/shop', ...options });
const conditionOf = (role: 'PlanRole' | 'DeployRole', options: Partial<GithubRolesOptions> = {}) => {
  const [statement] = Object(derive(options).Resources[role].Properties.AssumeRolePolicyDocument).Statement;
  return statement;
};

const inline = (template: GithubRolesTemplate, role: 'PlanRole' | 'DeployRole') =>
  template.Resources[role].Properties.Policies;
const managed = (template: GithubRolesTemplate, role: 'PlanRole' | 'DeployRole') =>
  (template.Resources[role].Properties.ManagedPolicyArns ?? []).map(({ Ref }) => {
    const resource = Object.entries(template.Resources).find(([id]) => id === Ref)?.[1];
    if (resource?.Type !== 'AWS::IAM::ManagedPolicy') throw new Error(`${Ref} is no policy`);
    return resource;
  });

const everyService = {
  ...testTarget,
  permissionClasses: ['no_pii'],
  dataBrew: { schedule: 'cron(0 3 * * ? *)', project: true },
  crawler: {},
  dataQuality: {},
} as const;

describe('whom the roles trust', () => {
  test('one repository: its pull requests, and its jobs in the environment', () => {
    expect(conditionOf('PlanRole')).toMatchObject({
      Principal: {
        Federated: 'arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com',
      },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: {
          'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
          'token.actions.githubusercontent.com:sub': 'repo:ada/shop:pull_request',
        },
      },
    });
    expect(conditionOf('DeployRole').Condition).toEqual({
      StringEquals: {
        'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
        'token.actions.githubusercontent.com:sub': 'repo:ada/shop:environment:production',
      },
    });
  });

  test('with ids in the subject, and another environment', () => {
    const options = { repository: 'ada@583231/shop@1296269', environment: 'live' };
    expect(JSON.stringify(conditionOf('DeployRole', options))).toContain(
      '"repo:ada@583231/shop@1296269:environment:live"',
    );
  });

  test.each([
    ['repository', { repository: 'ada/*' }],
    ['repository', { repository: 'ada' }],
    ['repository', { repository: 'ada/shop:ref:refs/heads/main' }],
    ['environment', { environment: '*' }],
    ['stack', { stack: '*' }],
  ])('and never by a wildcard: %s %o', (option, options) => {
    const failure = (() => {
      try {
        return derive(options);
      } catch (error) {
        return error;
      }
    })();
    expect(isHeadwaterError(failure, 'OPTION_INVALID') && failure.payload).toMatchObject({ option });
  });
});

describe('what the role of pull requests may do', () => {
  const { policy } = deriveIamPolicy(tables, testTarget, 'planner');
  const actions = policy.Statement.flatMap(({ Action }) => Action);
  const published = deriveIamPolicy(tables, testTarget, 'publisher').policy.Statement;

  test('every read of publishing, on the same resources, and none of its writes', () => {
    const reads = published.flatMap(({ Action, Resource }) =>
      Action.filter((action) => /:(Get|List|Describe|Check)/.test(action)).map((action) => [
        action,
        Resource,
      ]),
    );
    const planned = policy.Statement.flatMap(({ Action, Resource }) =>
      Action.map((action) => [action, Resource]),
    );
    expect(planned).toEqual(expect.arrayContaining(reads));
    const writes = published
      .flatMap(({ Action }) => Action)
      .filter((action) => !reads.some(([read]) => read === action));
    expect(writes).toEqual(
      expect.arrayContaining(['glue:CreateTable', 'glue:UpdateTable', 'glue:DeleteTable']),
    );
    expect(actions.filter((action) => writes.includes(action))).toEqual([]);
  });

  test('hands no role on, assumes none, and reads no rows', () => {
    expect(actions.filter((action) => /^(iam|sts|s3|athena:(Start|GetQuery)|kms)/.test(action))).toEqual([]);
    const [{ PolicyName } = { PolicyName: '' }, ...others] = inline(derive(), 'PlanRole');
    expect([PolicyName, others]).toEqual(['planner', []]);
  });
});

test('an account that has the provider gets roles alone', () => {
  expect(derive().Resources.PlanRole.DependsOn).toBe('Provider');
  const { Resources } = derive({ hasProvider: true });
  expect(Object.keys(Resources)).toEqual(['PlanRole', 'DeployRole']);
  expect(Resources.DeployRole.DependsOn).toBeUndefined();
});

describe('what a role may do fits', () => {
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: without white space
  const [ofAllInline, ofOneManaged, managedOfOne] = [10_240, 6144, 10];
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ ...shopEvents.schema, name: `shop_events_${index}` }));
  const ofMany = (count: number, target = testTarget) =>
    deriveGithubRoles(many(count), target, { repository: 'ada/shop' });
  /** Everything that a role may do, wherever its policies are. */
  const permissions = (template: GithubRolesTemplate, role: 'PlanRole' | 'DeployRole') => {
    const documents = [
      ...inline(template, role),
      ...managed(template, role).map(({ Properties }) => Properties),
    ];
    return new Set(
      documents.flatMap(({ PolicyDocument: { Statement } }) =>
        Statement.flatMap(({ Action, Resource, Condition }) =>
          Action.flatMap((action) =>
            Resource.map((resource) => JSON.stringify([action, resource, Condition])),
          ),
        ),
      ),
    );
  };

  test.each([1, 3, 5])('into the roles themselves, with %i tables', (count) => {
    const template = ofMany(count);
    expect(Object.keys(template.Resources)).toEqual(['Provider', 'PlanRole', 'DeployRole']);
    for (const role of ['PlanRole', 'DeployRole'] as const)
      expect(JSON.stringify(inline(template, role)).length).toBeLessThan(ofAllInline);
  });

  test.each([
    ['3 tables with every service', 3, everyService],
    ['20 tables', 20, testTarget],
    ['20 tables with every service', 20, everyService],
  ])('into the roles and managed policies, with %s', (_, count, target) => {
    const template = ofMany(count, target);
    if (count > 3) expect(managed(template, 'DeployRole').length).toBeGreaterThan(1);
    for (const role of ['PlanRole', 'DeployRole'] as const) {
      const policies = managed(template, role);
      expect(policies.length).toBeLessThanOrEqual(managedOfOne);
      for (const { Properties } of policies)
        expect(JSON.stringify(Properties.PolicyDocument).length).toBeLessThanOrEqual(ofOneManaged);
      expect(JSON.stringify(inline(template, role)).length).toBeLessThanOrEqual(ofAllInline);
    }
    const names = Object.values(template.Resources).flatMap((resource) =>
      resource?.Type === 'AWS::IAM::ManagedPolicy' ? [resource.Properties.ManagedPolicyName] : [],
    );
    expect(new Set(names).size).toBe(names.length);
  });

  test('and is the same for many tables as for each of them', () => {
    const tables = many(20);
    for (const role of ['PlanRole', 'DeployRole'] as const) {
      const each = tables.flatMap((table) => [
        ...permissions(deriveGithubRoles([table], testTarget, { repository: 'ada/shop' }), role),
      ]);
      // Conditions that list the folders of tables are of the tables of their policy.
      const withoutCondition = (lines: Iterable<string>) =>
        new Set([...lines].map((line) => JSON.stringify(JSON.parse(line).slice(0, 2))));
      expect(withoutCondition(permissions(ofMany(20), role))).toEqual(withoutCondition(each));
    }
  });

  test('or is refused, with what to do', () => {
    expect(() => ofMany(200)).toThrow(
      /The role headwater-shop-plan has \d+ managed policies; the maximum on AWS is 10\. Give each group of tables a config of its own/,
    );
  });
});
