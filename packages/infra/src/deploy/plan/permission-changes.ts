import { nameOf } from '../stack/resource-kinds.ts';
import type { TemplateResource } from '../stack/stack-template.ts';
import type { TemplateDifference } from './plan-stack.ts';
import type { PermissionChange } from './planned-change.ts';

type Resources = Readonly<Record<string, TemplateResource>>;

/** The permissions that a deployment grants and takes back, by the names of the resources in place of their logical ids. */
export function permissionChanges(
  { iamChanges }: TemplateDifference,
  resources: Resources,
): PermissionChange[] {
  const { statements, managedPolicies } = iamChanges;
  const named = (text: string): string => withNames(text, resources);
  const list = (values: readonly string[]): string => values.map(named).join(', ');
  const statement =
    (change: PermissionChange['change']) =>
    ({
      effect,
      principals,
      actions,
      resources: targets,
      condition,
    }: (typeof statements.additions)[number]) => ({
      change,
      effect: String(effect),
      who: (principals.not ? 'everybody but ' : '') + list(principals.values.map(bare)),
      actions: (actions.not ? 'everything but ' : '') + list(actions.values),
      resources: (targets.not ? 'everything but ' : '') + list(targets.values),
      condition: condition === undefined ? '' : named(JSON.stringify(condition)),
    });
  const policy =
    (change: PermissionChange['change']) =>
    ({ identityArn, managedPolicyArn }: (typeof managedPolicies.additions)[number]) => ({
      change,
      effect: 'Allow',
      who: named(bare(identityArn)),
      actions: `the policy ${named(managedPolicyArn)}`,
      resources: '',
      condition: '',
    });
  return [
    ...statements.additions.map(statement('granted')),
    ...statements.removals.map(statement('revoked')),
    ...managedPolicies.additions.map(policy('granted')),
    ...managedPolicies.removals.map(policy('revoked')),
  ];
}

/** `AWS:${Role}` names a role of the account; the kind of principal is of no use to a reader. */
const bare = (principal: string): string => principal.replace(/^(AWS|Service|Federated):/, '');

/** `${LakeBucket.Arn}/*` reads `shop-lake/*`. */
const withNames = (text: string, resources: Resources): string =>
  text.replaceAll(/\$\{([A-Za-z0-9]+)(?:\.[A-Za-z.]+)?\}/g, (whole, id: string) => {
    const resource = resources[id];
    return resource ? (nameOf(resource) ?? id) : whole;
  });
