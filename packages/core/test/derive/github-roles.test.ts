import { describe, expect, test } from 'vitest';
import {
  deriveGithubRoles,
  deriveIamPolicy,
  type GithubRolesOptions,
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
    const [{ PolicyName } = { PolicyName: '' }, ...others] = derive().Resources.PlanRole.Properties.Policies;
    expect([PolicyName, others]).toEqual(['planner', []]);
  });
});

test('an account that has the provider gets roles alone', () => {
  expect(derive().Resources.PlanRole.DependsOn).toBe('Provider');
  const { Resources } = derive({ hasProvider: true });
  expect(Object.keys(Resources)).toEqual(['PlanRole', 'DeployRole']);
  expect(Resources.DeployRole.DependsOn).toBeUndefined();
});

test('the policies of a role fit into it', () => {
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html: all inline policies of a role, without white space
  for (const role of ['PlanRole', 'DeployRole'] as const) {
    const policies = derive().Resources[role].Properties.Policies.map(({ PolicyDocument }) => PolicyDocument);
    expect(JSON.stringify(policies).length).toBeLessThan(10_240);
  }
});
