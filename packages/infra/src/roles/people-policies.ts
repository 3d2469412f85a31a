import type { PolicyRole } from '@headwater/core';
import { ManagedPolicy, PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { acknowledgePolicy } from '../nag/acknowledge-policy.ts';
import type { PlatformContext } from '../platform-context.ts';
import { policiesOf } from './policies-of.ts';

/** Who has no service behind it, and what the platform has to have for it. */
const people: Readonly<Partial<Record<PolicyRole, (context: PlatformContext) => boolean>>> = {
  analyst: () => true,
  etl: () => true,
  publisher: () => true,
  submitter: ({ has }) => has('load'),
  'dashboard-publisher': ({ has }) => has('quicksight'),
};

/**
 * Managed policies for people and for pipelines: those who ask, load, publish and submit. They are attached to nobody: the account knows
 * its users, and `headwater init --ci github` makes a role that has them.
 */
export class PeoplePolicies extends Construct {
  constructor(scope: Construct, id: string, context: PlatformContext) {
    super(scope, id);
    const { target, tables, landing } = context;
    const schemas = tables.map(({ schema }) => schema);
    for (const [role, isWanted] of Object.entries(people) as [PolicyRole, (typeof people)[PolicyRole]][]) {
      if (!isWanted?.(context)) continue;
      const options = role === 'etl' ? { landing: tables.map(({ name }) => landing(name)) } : {};
      for (const [managedPolicyName, derived] of Object.entries(policiesOf(schemas, target, role, options))) {
        const policy = new ManagedPolicy(this, managedPolicyName, {
          managedPolicyName,
          document: PolicyDocument.fromJson(derived.policy),
        });
        acknowledgePolicy(policy, derived);
      }
    }
  }
}
