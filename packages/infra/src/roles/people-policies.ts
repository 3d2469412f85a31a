import type { PolicyRole } from '@headwater/core';
import { carriesTable } from '@headwater/core/internal';
import { Construct } from 'constructs';
import type { PlatformFacts } from '../platform-context.ts';
import { managedPolicy } from './managed-policy.ts';
import { policiesOf } from './policies-of.ts';

/** Who has no service behind it, and what the platform has to have for it. */
const people: Readonly<Partial<Record<PolicyRole, (facts: PlatformFacts) => boolean>>> = {
  analyst: () => true,
  etl: () => true,
  publisher: () => true,
  submitter: ({ has }) => has('load'),
  'dashboard-publisher': ({ has }) => has('quicksight'),
  producer: ({ has }) => has('stream'),
  'live-reader': ({ has }) => has('functions'),
};

/** Those who have to do with the table of the stream alone. */
const ofStream: ReadonlySet<PolicyRole> = new Set(['producer', 'live-reader']);

/**
 * Managed policies for people and for pipelines: those who ask, load, publish and submit, who send events and who look at the live page. They
 * are attached to nobody: the account knows its users, and `headwater init --ci github` makes a role that has them.
 */
export class PeoplePolicies extends Construct {
  constructor(scope: Construct, id: string, facts: PlatformFacts) {
    super(scope, id);
    const { target, tables, landing } = facts;
    const schemas = tables.map(({ schema }) => schema);
    const streamed = schemas.filter(({ name }) => carriesTable(target, name));
    for (const [role, isWanted] of Object.entries(people) as [PolicyRole, (typeof people)[PolicyRole]][]) {
      if (!isWanted?.(facts)) continue;
      const options = role === 'etl' ? { landing } : {};
      for (const [managedPolicyName, derived] of Object.entries(
        policiesOf(ofStream.has(role) ? streamed : schemas, target, role, options),
      )) {
        managedPolicy(this, managedPolicyName, derived);
      }
    }
  }
}
