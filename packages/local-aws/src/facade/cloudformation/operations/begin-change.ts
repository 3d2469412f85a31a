import { AwsError } from '../../aws-error.ts';
import type { ChangeOptions } from '../stacks/change-options.ts';
import { changeStack } from '../stacks/change-stack.ts';
import { planChanges, wantedResources } from '../stacks/plan-changes.ts';
import type { Stack, StackDescription, StackResource } from '../stacks/stack.ts';
import { setStatus } from '../stacks/stack-log.ts';
import { stackScope } from '../stacks/stack-scope.ts';
import { account } from '../stacks/stack-store.ts';
import { dependencyOrder } from '../template/dependency-order.ts';
import type { StackRegion } from './stack-operation.ts';

/** Stands for what a resource gives that does not exist yet. */
const knownAfterApply = '{{changeSet:KNOWN_AFTER_APPLY}}';

const scopeOf = (
  { store, place }: StackRegion,
  stack: Pick<Stack, 'id' | 'name'>,
  { template, parameters }: StackDescription,
  resources: ReadonlyMap<string, StackResource>,
  later?: string,
) =>
  stackScope({
    template,
    parameters,
    resources,
    region: place.region,
    account,
    stackId: stack.id,
    stackName: stack.name,
    exports: store.exports(),
    ...(later === undefined ? {} : { later }),
  });

/** What a description changes in a stack. @throws AwsError for a template that cannot be evaluated */
export function planOf(region: StackRegion, stack: Stack, next: StackDescription) {
  const scope = scopeOf(region, stack, next, stack.resources, knownAfterApply);
  dependencyOrder(wantedResources(next.template, scope));
  return planChanges(next.template, stack.resources, scope);
}

/** Whether a description is what a stack is already. */
export const isSameTemplate = (stack: Stack, next: StackDescription): boolean =>
  stack.description !== undefined &&
  JSON.stringify(stack.description.template) === JSON.stringify(next.template) &&
  JSON.stringify(stack.description.tags) === JSON.stringify(next.tags);

/** Lets a change of a stack go on after the answer. An error that it did not expect fails the stack, and not the stand-in. */
export function goOn(stack: Stack, kind: 'CREATE' | 'UPDATE' | 'DELETE', change: Promise<void>): void {
  change.catch((error: unknown) => {
    console.error(error);
    setStatus(stack, `${kind}_FAILED`, error instanceof Error ? error.message : String(error));
  });
}

/** Begins a change of a stack; it goes on after the answer. */
export function begin(
  region: StackRegion,
  stack: Stack,
  next: StackDescription,
  kind: 'CREATE' | 'UPDATE',
  more: { readonly isImporting?: boolean; readonly token?: string | undefined },
): void {
  const options: ChangeOptions = {
    place: region.place,
    scopeOf: (description, resources) => scopeOf(region, stack, description, resources),
    isImporting: more.isImporting ?? false,
    isOwned: (type, id) => region.store.owns(type, id),
    token: more.token,
  };
  goOn(stack, kind, changeStack(stack, next, kind, options));
}

/** @throws AwsError ValidationError while a change runs */
export function assertSettled({ name, status }: Stack): void {
  if (status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS')
    throw new AwsError('ValidationError', `Stack:${name} is in ${status} state and can not be updated.`);
}

/** @throws AwsError ValidationError when a stack cannot be updated in its state */
export function assertUpdatable(stack: Stack): void {
  assertSettled(stack);
  if (['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'DELETE_FAILED', 'CREATE_FAILED'].includes(stack.status))
    throw new AwsError(
      'ValidationError',
      `Stack:${stack.name} is in ${stack.status} state and can not be updated.`,
    );
}
