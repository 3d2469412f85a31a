import type { Toolkit } from '@aws-cdk/toolkit-lib';
import { dataOf, kindWords, nameOf, resourceWords } from '../stack/resource-kinds.ts';
import { partOf } from '../stack/stack-parts.ts';
import { isRetaining, type StackTemplate, type TemplateResource } from '../stack/stack-template.ts';
import type { SynthesizedStack } from '../stack/synthesized-stack.ts';
import { permissionChanges } from './permission-changes.ts';
import type { ChangeAction, PlannedChange, StackPlan } from './planned-change.ts';

/** The difference of two templates, as the toolkit of the CDK finds it. */
export type TemplateDifference = Awaited<ReturnType<Toolkit['diff']>>[string];

type ResourceDifference = ReturnType<TemplateDifference['resources']['get']>;

/** What the toolkit's impacts mean. Others change nothing that exists. */
const actions: Readonly<Record<string, ChangeAction>> = {
  WILL_CREATE: 'create',
  WILL_IMPORT: 'create',
  WILL_UPDATE: 'update',
  WILL_REPLACE: 'replace',
  MAY_REPLACE: 'may-replace',
  WILL_DESTROY: 'delete',
  WILL_ORPHAN: 'keep',
};

/**
 * What a deployment would change, resource by resource.
 *
 * @param live the template of the live stack; undefined where there is no such stack
 */
export function planStack(
  synthesized: SynthesizedStack,
  live: StackTemplate | undefined,
  difference: TemplateDifference,
): StackPlan {
  const { stack, account, region, template, paths } = synthesized;
  const changes = difference.resources.logicalIds
    .map((id) => plannedChange(id, difference.resources.get(id), paths))
    .filter((change) => change !== undefined)
    .sort((a, b) => order(a) - order(b) || a.path.localeCompare(b.path));
  const resources = { ...live?.Resources, ...template.Resources };
  return {
    stack,
    account,
    region,
    isNew: live === undefined,
    isDone: live !== undefined && difference.isEmpty,
    changes,
    permissions: permissionChanges(difference, resources),
    isBroader: difference.permissionsBroadened,
    outputs: difference.outputs.logicalIds,
    needs: changes.map(({ needs }) => needs).filter((id) => id !== null),
  };
}

/** What is worst is first. */
const worst: readonly ChangeAction[] = ['delete', 'replace', 'may-replace', 'keep', 'update', 'create'];
const order = ({ action }: PlannedChange): number => worst.indexOf(action);

function plannedChange(
  id: string,
  difference: ResourceDifference,
  paths: ReadonlyMap<string, string>,
): PlannedChange | undefined {
  const action = actions[difference.changeImpact];
  const [was, becomes]: (TemplateResource | undefined)[] = [difference.oldValue, difference.newValue];
  const shown = was ?? becomes;
  if (action === undefined || !shown) return undefined;
  const path = paths.get(id) ?? id;
  const data = dataFate(action, was, becomes);
  return {
    id,
    type: shown.Type,
    what: resourceWords(id, shown, path),
    kind: kindWords(shown.Type),
    part: partOf(path),
    path,
    action,
    properties: action === 'create' || action === 'delete' || action === 'keep' ? [] : properties(difference),
    data,
    needs: data?.fate === 'lost' ? `lose-data:${id}` : null,
    blocked: action === 'replace' ? sameName(was, becomes) : null,
  };
}

function properties(difference: ResourceDifference): PlannedChange['properties'] {
  return Object.entries(difference.propertyUpdates).map(([property, { oldValue, newValue }]) => ({
    property,
    was: oldValue === undefined ? null : JSON.stringify(oldValue),
    becomes: newValue === undefined ? null : JSON.stringify(newValue),
  }));
}

/**
 * A resource that leaves the stack follows the policy that it was deployed with. One that is replaced stays only if the policies
 * before and after say so: which of them CloudFormation reads is not documented.
 */
function dataFate(
  action: ChangeAction,
  was: TemplateResource | undefined,
  becomes: TemplateResource | undefined,
): PlannedChange['data'] {
  const words = was && dataOf(was.Type);
  if (words === undefined) return null;
  if (action === 'delete') return { fate: 'lost', words };
  if (action === 'keep') return { fate: 'left-behind', words };
  if (action !== 'replace' && action !== 'may-replace') return null;
  const stays = [was, becomes].every((one) => isRetaining(one?.UpdateReplacePolicy));
  return { fate: stays ? 'left-behind' : 'lost', words };
}

/** Types of which several resources may have one name, each with the reason. Such a resource is replaced whatever it is called. */
const sharedNames: Readonly<Record<string, string>> = {
  'AWS::Athena::NamedQuery':
    'Athena finds a named query by NamedQueryId, which it makes up: https://docs.aws.amazon.com/athena/latest/APIReference/API_CreateNamedQuery.html',
};

/**
 * CloudFormation makes the new resource before it deletes the old one, which does not work where both have the same name
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-name.html).
 */
function sameName(
  was: TemplateResource | undefined,
  becomes: TemplateResource | undefined,
): PlannedChange['blocked'] {
  const name = was && nameOf(was);
  if (was && was.Type in sharedNames) return null;
  if (name === undefined || !becomes || nameOf(becomes) !== name || was?.Type !== becomes.Type) return null;
  return {
    problem: `CloudFormation makes a new one before it deletes the old one, and both would be called ${name}`,
    fix: 'Give it another name in the config, or take the change back',
  };
}
