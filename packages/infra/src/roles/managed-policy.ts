import type { DerivedPolicy } from '@headwater/core';
import { ManagedPolicy, PolicyDocument } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acknowledgePolicy } from '../nag/acknowledge-policy.ts';

/** A managed policy with a derived document, as it is. Its reasons acknowledge what cdk-nag finds in it. */
export function managedPolicy(scope: Construct, name: string, derived: DerivedPolicy): ManagedPolicy {
  const policy = new ManagedPolicy(scope, name, {
    managedPolicyName: name,
    document: PolicyDocument.fromJson(derived.policy),
  });
  acknowledgePolicy(policy, derived);
  return policy;
}
