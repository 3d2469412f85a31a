import { z } from 'zod';
import { AwsError } from '../../aws-error.ts';
import { deleteStack } from '../stacks/delete-stack.ts';
import { prepareDescription } from '../stacks/prepare-description.ts';
import { assertSettled, assertUpdatable, begin, goOn, isSameTemplate, planOf } from './begin-change.ts';
import { change, flag, named, type StackOperation, token } from './stack-operation.ts';

/** The operations that create, update and delete stacks. */
export const stackChanges: Readonly<Record<string, StackOperation>> = {
  async CreateStack(input, region) {
    const request = change.extend({ EnableTerminationProtection: flag.optional() }).parse(input);
    const next = await prepareDescription(region.place, request);
    const stack = region.store.add(request.StackName);
    try {
      planOf(region, stack, next);
    } catch (error) {
      stack.deleted = new Date();
      throw error;
    }
    stack.isProtected = request.EnableTerminationProtection === 'true';
    begin(region, stack, next, 'CREATE', { token: request.ClientRequestToken });
    return { StackId: stack.id };
  },
  async UpdateStack(input, region) {
    const request = change.parse(input);
    const stack = region.store.get(request.StackName);
    assertUpdatable(stack);
    const next = await prepareDescription(region.place, request, stack);
    if (planOf(region, stack, next).length === 0 && isSameTemplate(stack, next))
      throw new AwsError('ValidationError', 'No updates are to be performed.');
    begin(region, stack, next, 'UPDATE', { token: request.ClientRequestToken });
    return { StackId: stack.id };
  },
  DeleteStack(input, { store, place }) {
    const { StackName, RetainResources, ClientRequestToken } = named
      .extend(token.shape)
      .extend({ RetainResources: z.array(z.string()).default([]) })
      .parse(input);
    const stack = store.find(StackName);
    if (stack === undefined || stack.deleted !== undefined) return {};
    if (stack.isProtected)
      throw new AwsError(
        'ValidationError',
        `Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`,
      );
    assertSettled(stack);
    store.removeChangeSets((changeSet) => changeSet.stack === stack);
    goOn(stack, 'DELETE', deleteStack(stack, RetainResources, { place, token: ClientRequestToken }));
    return {};
  },
  UpdateTerminationProtection(input, { store }) {
    const { StackName, EnableTerminationProtection } = named
      .extend({ EnableTerminationProtection: flag })
      .parse(input);
    const stack = store.get(StackName);
    stack.isProtected = EnableTerminationProtection === 'true';
    return { StackId: stack.id };
  },
};
