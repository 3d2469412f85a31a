import { AwsError } from '../../aws-error.ts';
import { referencesOf } from './references.ts';
import type { TemplateResource } from './template.ts';

/**
 * Logical ids so that each comes after those that it refers to or depends on. Otherwise in the order of the template.
 *
 * @throws AwsError ValidationError for a circle, and for a DependsOn of a resource that does not exist
 */
export function dependencyOrder(resources: Readonly<Record<string, TemplateResource>>): string[] {
  const order: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  function visit(id: string, path: readonly string[]): void {
    if (state.get(id) === 'done') return;
    if (state.get(id) === 'open')
      throw new AwsError(
        'ValidationError',
        `Circular dependency between resources: [${path.slice(path.indexOf(id)).join(', ')}]`,
      );
    state.set(id, 'open');
    for (const other of dependenciesOf(resources, id)) visit(other, [...path, id]);
    state.set(id, 'done');
    order.push(id);
  }
  for (const id of Object.keys(resources)) visit(id, []);
  return order;
}

function dependenciesOf(resources: Readonly<Record<string, TemplateResource>>, id: string): string[] {
  const { DependsOn = [], Properties = {} } = resources[id] ?? {};
  const missing = DependsOn.find((name) => !Object.hasOwn(resources, name));
  if (missing !== undefined)
    throw new AwsError(
      'ValidationError',
      `Template format error: Unresolved resource dependencies [${missing}] in the Resources block of the template`,
    );
  return [...DependsOn, ...[...referencesOf(Properties)].filter((name) => Object.hasOwn(resources, name))];
}
