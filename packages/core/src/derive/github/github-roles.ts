import type { AwsTarget } from '../../catalog/aws-target.ts';
import { HeadwaterError } from '../../errors/headwater-error.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { deriveIamPolicies, namedPolicies } from '../iam/iam-policies.ts';
import type { PolicyRole } from '../iam/policy-roles.ts';
import {
  type PermissionProperties,
  type PolicyId,
  type PolicyResource,
  rolePermissions,
} from './role-permissions.ts';

/** The issuer of the tokens of GitHub's workflows, as IAM names it. */
const issuer = 'token.actions.githubusercontent.com';

/** Whom the roles trust, and what is theirs. */
export interface GithubRolesOptions {
  /**
   * The repository as its tokens name it: `owner/name`, or `owner@123/name@456` with the ids of a repository made after July 15, 2026
   * (https://docs.github.com/en/actions/reference/security/oidc#immutable-subject-claims).
   */
  readonly repository: string;
  /** The environment of the job that deploys. Defaults to `production`. */
  readonly environment?: string | undefined;
  /** The name of the platform's stack. Defaults to `headwater-<database>`. */
  readonly stack?: string | undefined;
  /** Whether the account has the provider of GitHub's tokens already: it can have one only. Defaults to false. */
  readonly hasProvider?: boolean | undefined;
}

/** A role as a resource of CloudFormation. */
interface RoleResource {
  readonly Type: 'AWS::IAM::Role';
  readonly DependsOn?: string;
  readonly Properties: {
    readonly RoleName: string;
    readonly Description: string;
    readonly MaxSessionDuration: number;
    readonly AssumeRolePolicyDocument: object;
  } & PermissionProperties;
}

/** A template of CloudFormation with the roles of the workflows. */
export interface GithubRolesTemplate {
  readonly AWSTemplateFormatVersion: '2010-09-09';
  readonly Description: string;
  readonly Resources: {
    readonly Provider?: {
      readonly Type: 'AWS::IAM::OIDCProvider';
      readonly Properties: { readonly Url: string; readonly ClientIdList: readonly string[] };
    };
    readonly PlanRole: RoleResource;
    readonly DeployRole: RoleResource;
    readonly [policy: PolicyId]: PolicyResource;
  };
  readonly Outputs: Readonly<Record<string, { readonly Value: object; readonly Description: string }>>;
}

/**
 * The roles that workflows of a GitHub repository assume by OpenID Connect, as a template of CloudFormation, and the provider of GitHub's tokens.
 * No key is stored anywhere. One role plans: pull requests of the repository may assume it, and it only reads. The other publishes, deploys and
 * submits: jobs in the environment may assume it and nobody else, so that the environment's rules, such as reviewers and branches, decide.
 * (https://docs.github.com/en/actions/how-tos/secure-your-work/security-harden-deployments/oidc-in-aws)
 *
 * What a role may do is in the role, and in managed policies beside it where the tables are too many for that.
 *
 * @throws HeadwaterError `OPTION_INVALID` for a repository, an environment or a stack that cannot be; `AWS_LIMIT_EXCEEDED` for more tables than
 *   the managed policies of a role have room for
 * @example deriveGithubRoles([clickstream.schema], target, { repository: 'ada/shop' }).Resources.PlanRole.Properties.RoleName // 'headwater-shop-plan'
 */
export function deriveGithubRoles(
  tables: readonly TableSchema[],
  target: AwsTarget,
  { repository, environment = 'production', stack, hasProvider = false }: GithubRolesOptions,
): GithubRolesTemplate {
  assertText('repository', repository, repositoryPattern, 'owner/name, or owner@123/name@456 with its ids');
  assertText('environment', environment, /^[\w.-]+$/, 'letters, digits, hyphens, dots and underscores');
  if (stack !== undefined) assertText('stack', stack, /^[A-Za-z][A-Za-z0-9-]{0,127}$/, 'the name of a stack');
  const policies = (role: PolicyRole, options = {}) =>
    namedPolicies(role, deriveIamPolicies(tables, target, role, options));
  const name = (word: string) => `headwater-${target.database}-${word}`;
  const plan = rolePermissions('Plan', name('plan'), policies('planner', { stack }));
  const deploy = rolePermissions('Deploy', name('deploy'), {
    ...policies('publisher'),
    ...policies('submitter'),
    ...policies('deployer', { stack }),
  });
  const role = (
    RoleName: string,
    does: string,
    subject: string,
    permissions: PermissionProperties,
  ): RoleResource => ({
    Type: 'AWS::IAM::Role',
    ...(hasProvider ? {} : { DependsOn: 'Provider' }),
    Properties: {
      RoleName,
      Description: `${does}, from workflows of ${repository}`,
      MaxSessionDuration: 3600,
      AssumeRolePolicyDocument: trust(target, `repo:${repository}:${subject}`),
      ...permissions,
    },
  });
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `Roles that workflows of ${repository} on GitHub assume`,
    Resources: {
      ...(hasProvider
        ? {}
        : {
            Provider: {
              Type: 'AWS::IAM::OIDCProvider',
              Properties: { Url: `https://${issuer}`, ClientIdList: ['sts.amazonaws.com'] },
            },
          }),
      ...plan.resources,
      ...deploy.resources,
      PlanRole: role(name('plan'), 'Plans what a pull request changes', 'pull_request', plan.properties),
      DeployRole: role(
        name('deploy'),
        'Publishes, deploys and submits',
        `environment:${environment}`,
        deploy.properties,
      ),
    },
    Outputs: {
      PlanRole: arnOf('PlanRole', 'The value of the variable HEADWATER_PLAN_ROLE'),
      DeployRole: arnOf('DeployRole', 'The value of the variable HEADWATER_DEPLOY_ROLE'),
    },
  };
}

const repositoryPattern = /^[A-Za-z0-9][A-Za-z0-9-]*(@\d+)?\/[\w.-]+(@\d+)?$/;

const arnOf = (resource: string, Description: string) => ({
  Value: { 'Fn::GetAtt': [resource, 'Arn'] },
  Description,
});

/** One subject alone, letter by letter: a wildcard would trust other branches, and pull requests of everybody. */
const trust = ({ partition, account }: AwsTarget, subject: string) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'AssumeFromGithub',
      Effect: 'Allow',
      Principal: { Federated: `arn:${partition}:iam::${account}:oidc-provider/${issuer}` },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: { StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com', [`${issuer}:sub`]: subject } },
    },
  ],
});

function assertText(option: string, value: string, pattern: RegExp, expected: string): void {
  if (!pattern.test(value))
    throw new HeadwaterError('OPTION_INVALID', { option, value: String(value), expected });
}
