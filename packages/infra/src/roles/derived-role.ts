import type { DerivedPolicy } from '@headwater/core';
import { CfnRole, type IRole, PolicyDocument, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledgePolicy } from '../nag/acknowledge-policy.ts';

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
 * A role with derived documents, as they are. Their reasons acknowledge what cdk-nag finds in them.
 *
 * @example derivedRole(this, 'Load', { name, description, trust, policies: { [name]: permissions } })
 */
export function derivedRole(scope: Construct, id: string, role: DerivedRole): IRole {
  const made = new Role(scope, id, {
    roleName: role.name,
    description: role.description,
    // Replaced below: the derived document also says on whose behalf.
    assumedBy: new ServicePrincipal('glue.amazonaws.com'),
    inlinePolicies: Object.fromEntries(
      Object.entries(role.policies).map(([name, { policy }]) => [name, PolicyDocument.fromJson(policy)]),
    ),
  });
  const resource = made.node.defaultChild;
  if (!CfnRole.isCfnRole(resource)) throw new Error('A role of CDK has no resource');
  resource.assumeRolePolicyDocument = role.trust;
  for (const policy of Object.values(role.policies)) acknowledgePolicy(made, policy);
  return made;
}
