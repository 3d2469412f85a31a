import { assertAttachable } from '../iam/iam-policies.ts';
import { type DerivedPolicy, type IamPolicyDocument, policySize } from '../iam/policy-document.ts';

/** A managed policy as a resource of CloudFormation. */
export interface PolicyResource {
  readonly Type: 'AWS::IAM::ManagedPolicy';
  readonly Properties: { readonly ManagedPolicyName: string; readonly PolicyDocument: IamPolicyDocument };
}

/** What a role may do, as properties of its resource. */
export interface PermissionProperties {
  /** The policies that fit into the role. */
  readonly Policies: readonly {
    readonly PolicyName: string;
    readonly PolicyDocument: IamPolicyDocument;
  }[];
  /** Those beside it. Omitted when all fit. */
  readonly ManagedPolicyArns?: readonly { readonly Ref: string }[];
}

/** The logical ids of policies beside a role. */
export type PolicyId = `${'Plan' | 'Deploy'}Policy${number}`;

/** What a role may do, and the policies beside it. */
interface RolePermissions {
  readonly properties: PermissionProperties;
  readonly resources: Readonly<Record<PolicyId, PolicyResource>>;
}

/**
 * The most characters of all policies in a role, without white space
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html).
 */
const maxInline = 10_240;

/**
 * Puts policies into a role as far as they fit, the shortest first, and the others beside it as managed policies.
 *
 * @param role the name of the role
 * @param policies by their names
 * @throws HeadwaterError `AWS_LIMIT_EXCEEDED` for more managed policies than a role can have
 */
export function rolePermissions(
  word: 'Plan' | 'Deploy',
  role: string,
  policies: Readonly<Record<string, DerivedPolicy>>,
): RolePermissions {
  const inline = fitting(policies);
  const others = Object.entries(policies).filter(([name]) => !inline.has(name));
  assertAttachable(`The role ${role}`, others.length);
  const beside = others.map(([name, { policy }], index): [PolicyId, PolicyResource] => [
    `${word}Policy${index + 1}`,
    {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: { ManagedPolicyName: `${role}-${name}`, PolicyDocument: policy },
    },
  ]);
  return {
    properties: {
      Policies: Object.entries(policies)
        .filter(([name]) => inline.has(name))
        .map(([PolicyName, { policy }]) => ({ PolicyName, PolicyDocument: policy })),
      ...(beside.length === 0 ? {} : { ManagedPolicyArns: beside.map(([Ref]) => ({ Ref })) }),
    },
    resources: Object.fromEntries(beside),
  };
}

/** The names of the policies that fit into a role together. */
function fitting(policies: Readonly<Record<string, DerivedPolicy>>): ReadonlySet<string> {
  const sizes = Object.entries(policies).map(([name, { policy }]) => ({ name, size: policySize(policy) }));
  const names = new Set<string>();
  let used = 0;
  for (const { name, size } of sizes.toSorted((a, b) => a.size - b.size)) {
    if (used + size > maxInline) break;
    used += size;
    names.add(name);
  }
  return names;
}
