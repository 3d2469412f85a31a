import { dependencyOrder } from '../template/dependency-order.ts';
import type { ChangeOptions } from './change-options.ts';
import { keeps, removeResource } from './remove-resource.ts';
import type { Stack } from './stack.ts';
import { setStatus } from './stack-log.ts';

/** Deletes a stack with its resources, those that depend on others first. */
export async function deleteStack(
  stack: Stack,
  retained: readonly string[],
  options: Pick<ChangeOptions, 'place' | 'token'>,
): Promise<void> {
  setStatus(stack, 'DELETE_IN_PROGRESS', undefined, options.token);
  const resources = stack.description?.template.Resources ?? {};
  const failed: string[] = [];
  for (const id of dependencyOrder(resources).toReversed()) {
    const resource = stack.resources.get(id);
    if (resource === undefined) continue;
    try {
      await removeResource(stack, resource, keeps(resources[id]) || retained.includes(id), options);
      stack.resources.delete(id);
    } catch {
      failed.push(id);
    }
  }
  if (failed.length > 0)
    return setStatus(
      stack,
      'DELETE_FAILED',
      `The following resource(s) failed to delete: [${failed.join(', ')}].`,
      options.token,
    );
  stack.deleted = new Date();
  setStatus(stack, 'DELETE_COMPLETE', undefined, options.token);
}
