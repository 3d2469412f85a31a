import { randomBytes } from 'node:crypto';
import type { ResourcePlace } from '../resources/resource-handler.ts';
import { resourceTypes } from '../resources/resource-types.ts';
import type { TemplateResource } from '../template/template.ts';
import type { ChangeOptions } from './change-options.ts';
import type { Stack, StackResource } from './stack.ts';
import { logEvent } from './stack-log.ts';

/** Whether a resource outlives its stack. */
export const keeps = (resource: TemplateResource | undefined): boolean =>
  resource?.DeletionPolicy !== undefined && resource.DeletionPolicy !== 'Delete';

/** Where a resource of a stack is made. */
export function placeOf(stack: Stack, id: string, { place }: Pick<ChangeOptions, 'place'>): ResourcePlace {
  // Cut as CloudFormation does, so that services with short names take it.
  const generatedName = `${stack.name.slice(0, 24)}-${id.slice(0, 24)}-${randomBytes(6).toString('hex')}`;
  return { ...place, generatedName };
}

/** Deletes a resource, or leaves it, and writes the events. @throws when the service refuses */
export async function removeResource(
  stack: Stack,
  { logicalId: id, type, made }: StackResource,
  isKept: boolean,
  options: Pick<ChangeOptions, 'place' | 'token'>,
): Promise<void> {
  const { token } = options;
  const physicalId = made?.id;
  if (isKept) return logEvent(stack, { id, type, physicalId, status: 'DELETE_SKIPPED', token });
  logEvent(stack, { id, type, physicalId, status: 'DELETE_IN_PROGRESS', token });
  try {
    if (made !== undefined) await resourceTypes.get(type)?.delete(placeOf(stack, id, options), made);
    logEvent(stack, { id, type, physicalId, status: 'DELETE_COMPLETE', token });
  } catch (error) {
    if (isMissing(error)) return logEvent(stack, { id, type, physicalId, status: 'DELETE_COMPLETE', token });
    logEvent(stack, {
      id,
      type,
      physicalId,
      status: 'DELETE_FAILED',
      reason: error instanceof Error ? error.message : String(error),
      token,
    });
    throw error;
  }
}

/** Whether a resource is gone already, by the names that services have for that. */
const isMissing = (error: unknown): boolean =>
  error instanceof Error && /NotFound|NoSuch|NonExistent|EntityNotFound|DoesNotExist/.test(error.name);
