import { z } from 'zod';
import type { ResourcePlace } from '../resources/resource-handler.ts';
import { descriptionInput } from '../stacks/prepare-description.ts';
import type { StackStore } from '../stacks/stack-store.ts';

/** What the operations work on: the stacks of a region. */
export interface StackRegion {
  readonly store: StackStore;
  readonly place: Omit<ResourcePlace, 'generatedName'>;
}

/** An operation of CloudFormation: takes the members of a request and gives those of the answer. */
export type StackOperation = (input: unknown, region: StackRegion) => object | Promise<object>;

export const named = z.object({ StackName: z.string() });
export const maybeNamed = z.object({ StackName: z.string().optional() });
export const token = z.object({ ClientRequestToken: z.string().optional() });
export const change = named.extend(descriptionInput.shape).extend(token.shape);

/** A flag of the query protocol. */
export const flag = z.literal(['true', 'false']);
