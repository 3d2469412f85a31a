import { isSame } from '../resources/api-resource.ts';
import type { Properties } from '../resources/resource-handler.ts';
import { emptyTypes, resourceTypes } from '../resources/resource-types.ts';
import { evaluate, type Scope } from '../template/evaluate.ts';
import type { Template, TemplateResource } from '../template/template.ts';
import type { StackResource } from './stack.ts';

/** What happens to a resource. */
export interface ResourceChange {
  readonly action: 'Add' | 'Modify' | 'Remove';
  readonly logicalId: string;
  readonly type: string;
  readonly before?: StackResource | undefined;
  /** The properties that differ. */
  readonly properties: readonly string[];
  /** Those of them whose change is a replacement. */
  readonly replacing: readonly string[];
}

/** The resources of a template whose condition holds, without those that make nothing. */
export function wantedResources(template: Template, scope: Scope): Record<string, TemplateResource> {
  return Object.fromEntries(
    Object.entries(template.Resources).filter(
      ([, { Type, Condition }]) =>
        !emptyTypes.has(Type) && (Condition === undefined || scope.condition(Condition)),
    ),
  );
}

/** The properties of a resource, evaluated. */
export function givenProperties(resource: TemplateResource, scope: Scope): Properties {
  return Object(evaluate(resource.Properties, scope));
}

/** What differs between a resource and what it is to be. */
export function resourceChange(
  logicalId: string,
  type: string,
  before: StackResource,
  given: Properties,
): ResourceChange | undefined {
  const properties = [...new Set([...Object.keys(before.given), ...Object.keys(given)])].filter(
    (name) => !isSame(before.given[name], given[name]),
  );
  if (properties.length === 0) return undefined;
  const replaces = new Set(resourceTypes.get(type)?.replaces);
  const replacing = properties.filter((name) => replaces.has(name));
  return { action: 'Modify', logicalId, type, before, properties, replacing };
}

/**
 * What a template changes in the resources of a stack.
 *
 * @param scope gives a placeholder for what does not exist yet
 * @throws AwsError ValidationError for properties that cannot be evaluated
 */
export function planChanges(
  template: Template,
  resources: ReadonlyMap<string, StackResource>,
  scope: Scope,
): ResourceChange[] {
  const wanted = wantedResources(template, scope);
  const kept = Object.entries(wanted).flatMap(([logicalId, resource]): ResourceChange[] => {
    const before = resources.get(logicalId);
    const type = resource.Type;
    const given = givenProperties(resource, scope);
    if (before === undefined) return [{ action: 'Add', logicalId, type, properties: [], replacing: [] }];
    const change = resourceChange(logicalId, type, before, given);
    return change === undefined ? [] : [change];
  });
  const removed = [...resources.values()]
    .filter(({ logicalId }) => !Object.hasOwn(wanted, logicalId))
    .map((before): ResourceChange => {
      const { logicalId, type } = before;
      return { action: 'Remove', logicalId, type, before, properties: [], replacing: [] };
    });
  return [...kept, ...removed];
}
