import type { DerivedPolicy } from '@headwater/core';
import { assertAttachable } from '@headwater/core/internal';
import { CfnRole, type IRole, PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledgePolicy } from '../nag/acknowledge-policy.ts';
import { managedPolicy } from './managed-policy.ts';

/** A role as it is derived: its name, who may assume it, and what it may do. */
export interface DerivedRole {
  readonly name: string;
  readonly description: string;
  /** The trust policy, a document of IAM. */
  readonly trust: object;
  /** Policies by their names. */
  readonly policies: Readonly<Record<string, DerivedPolicy>>;
}

/**
 * A role with derived documents, as they are. Their reasons acknowledge what cdk-nag finds in them. One policy is in the role. Several are managed
 * policies, of 6,144 characters each: all that is in a role has room for 10,240, with the grants of assets
 * (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html).
 *
 * @throws HeadwaterError `AWS_LIMIT_EXCEEDED` for more managed policies than a role can have
 * @example derivedRole(this, 'Load', { name, description, trust, policies: { [name]: permissions } })
 */
export function derivedRole(scope: Construct, id: string, role: DerivedRole): IRole {
  const policies = Object.entries(role.policies);
  const isInline = policies.length === 1;
  if (!isInline) assertAttachable(`The role ${role.name}`, policies.length);
  const made = new Role(scope, id, {
    roleName: role.name,
    description: role.description,
    // Replaced below: the derived document also says on whose behalf.
    assumedBy: new ServicePrincipal('glue.amazonaws.com'),
    inlinePolicies: isInline
      ? Object.fromEntries(policies.map(([name, { policy }]) => [name, PolicyDocument.fromJson(policy)]))
      : {},
  });
  const resource = made.node.defaultChild;
  if (!CfnRole.isCfnRole(resource)) throw new Error('A role of CDK has no resource');
  resource.assumeRolePolicyDocument = role.trust;
  for (const [name, policy] of policies) {
    if (isInline) acknowledgePolicy(made, policy);
    else made.addManagedPolicy(managedPolicy(made, name, policy));
  }
  return made;
}
