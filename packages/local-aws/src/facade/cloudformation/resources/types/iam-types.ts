import { at } from '../../../../rules/aws-rule.ts';
import type { ApiResource, CallContext } from '../api-resource.ts';
import type { Properties } from '../resource-handler.ts';
import { listOf, without } from './values.ts';

/** Policies that AWS keeps are not in the emulator, so none is attached. */
const awsPolicy = /^arn:aws:iam::aws:policy\//;

const attached = (properties: Properties): string[] =>
  listOf(properties['ManagedPolicyArns'])
    .map(String)
    .filter((arn) => !awsPolicy.test(arn));

const inline = (properties: Properties): string[] =>
  listOf(properties['Policies']).map((policy) => String(at(policy, 'PolicyName')));

const roles = (properties: Properties): string[] => listOf(properties['Roles']).map(String);

const roleName = ({ id }: CallContext): Properties => ({ RoleName: id });

const putInline = {
  operation: 'PutRolePolicy',
  isOwn: true,
  with: ({ id, properties }: CallContext) =>
    listOf(properties['Policies']).map((policy) => ({
      RoleName: id,
      PolicyName: at(policy, 'PolicyName'),
      PolicyDocument: at(policy, 'PolicyDocument'),
    })),
  uses: ['Policies'],
} as const;

const attach = (arns: (context: CallContext) => readonly string[]) =>
  ({
    operation: 'AttachRolePolicy',
    isOwn: true,
    with: (context: CallContext) => arns(context).map((arn) => ({ ...roleName(context), PolicyArn: arn })),
    uses: ['ManagedPolicyArns'],
  }) as const;

const detach = (arns: (context: CallContext) => readonly string[]) =>
  ({ ...attach(arns), operation: 'DetachRolePolicy' }) as const;

const removeInline = (names: (context: CallContext) => readonly string[]) =>
  ({
    operation: 'DeleteRolePolicy',
    isOwn: true,
    with: (context: CallContext) =>
      names(context).map((PolicyName) => ({ ...roleName(context), PolicyName })),
  }) as const;

const putOnRoles = {
  operation: 'PutRolePolicy',
  isOwn: true,
  with: ({ properties }: CallContext) =>
    roles(properties).map((RoleName) => ({
      RoleName,
      PolicyName: properties['PolicyName'],
      PolicyDocument: properties['PolicyDocument'],
    })),
  uses: ['Roles', 'PolicyName', 'PolicyDocument'],
} as const;

const policyArn = ({ account, properties }: CallContext): string =>
  `arn:aws:iam::${account}:policy${properties['Path'] ?? '/'}${properties['ManagedPolicyName']}`;

const onRoles = (operation: string, names: (context: CallContext) => readonly string[]) =>
  ({
    operation,
    isOwn: true,
    with: (context: CallContext) =>
      names(context).map((RoleName) => ({ RoleName, PolicyArn: policyArn(context) })),
    uses: ['Roles'],
  }) as const;

/** Roles and policies. Users and groups are not in the platform. */
export const iamTypes: Readonly<Record<string, ApiResource>> = {
  'AWS::IAM::Role': {
    service: 'iam',
    name: 'RoleName',
    replaces: ['Path'],
    attributes: ({ account, id, properties, answer }) => ({
      Arn: `arn:aws:iam::${account}:role${properties['Path'] ?? '/'}${id}`,
      RoleId: String(answer['RoleId']),
    }),
    exists: {
      operation: 'GetRole',
      isOwn: true,
      with: ({ properties }) => ({ RoleName: properties['RoleName'] }),
    },
    leftOut: (properties) =>
      listOf(properties['ManagedPolicyArns'])
        .map(String)
        .filter((arn) => awsPolicy.test(arn))
        .map((arn) => `ManagedPolicyArns: ${arn} is a policy of AWS, which the emulator lacks`),
    create: [{ operation: 'CreateRole' }, putInline, attach(({ properties }) => attached(properties))],
    update: [
      { operation: 'UpdateRole' },
      {
        operation: 'UpdateAssumeRolePolicy',
        isOwn: true,
        with: ({ id, properties }) => ({
          RoleName: id,
          PolicyDocument: properties['AssumeRolePolicyDocument'],
        }),
        uses: ['AssumeRolePolicyDocument'],
      },
      putInline,
      removeInline(({ properties, old }) => without(inline(old), inline(properties))),
      attach(({ properties, old }) => without(attached(properties), attached(old))),
      detach(({ properties, old }) => without(attached(old), attached(properties))),
      {
        operation: 'TagRole',
        isOwn: true,
        with: ({ id, properties }) => ({ RoleName: id, Tags: properties['Tags'] ?? [] }),
        uses: ['Tags'],
      },
    ],
    delete: [
      removeInline(({ properties }) => inline(properties)),
      detach(({ properties }) => attached(properties)),
      { operation: 'DeleteRole', isOwn: true, with: roleName },
    ],
  },
  'AWS::IAM::Policy': {
    service: 'iam',
    attributes: ({ id }) => ({ Id: id }),
    create: [putOnRoles],
    update: [
      putOnRoles,
      {
        operation: 'DeleteRolePolicy',
        isOwn: true,
        with: ({ properties, old }) =>
          without(roles(old), old['PolicyName'] === properties['PolicyName'] ? roles(properties) : []).map(
            (RoleName) => ({ RoleName, PolicyName: old['PolicyName'] }),
          ),
      },
    ],
    delete: [
      {
        operation: 'DeleteRolePolicy',
        isOwn: true,
        with: ({ properties }) =>
          roles(properties).map((RoleName) => ({ RoleName, PolicyName: properties['PolicyName'] })),
      },
    ],
  },
  'AWS::IAM::ManagedPolicy': {
    service: 'iam',
    name: 'ManagedPolicyName',
    replaces: ['Path', 'Description'],
    id: policyArn,
    attributes: (context) => ({ PolicyArn: policyArn(context) }),
    create: [
      {
        operation: 'CreatePolicy',
        with: ({ properties }) => ({ PolicyName: properties['ManagedPolicyName'] }),
        uses: ['ManagedPolicyName'],
      },
      onRoles('AttachRolePolicy', ({ properties }) => roles(properties)),
    ],
    update: [
      {
        operation: 'CreatePolicyVersion',
        isOwn: true,
        with: ({ id, properties }) => ({
          PolicyArn: id,
          PolicyDocument: properties['PolicyDocument'],
          SetAsDefault: true,
        }),
        uses: ['PolicyDocument'],
      },
      onRoles('AttachRolePolicy', ({ properties, old }) => without(roles(properties), roles(old))),
      onRoles('DetachRolePolicy', ({ properties, old }) => without(roles(old), roles(properties))),
    ],
    delete: [
      onRoles('DetachRolePolicy', ({ properties }) => roles(properties)),
      { operation: 'DeletePolicy', isOwn: true, with: ({ id }) => ({ PolicyArn: id }) },
    ],
  },
};
