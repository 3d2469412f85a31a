import { changeSets } from './change-sets.ts';
import { stackChanges } from './stack-changes.ts';
import type { StackOperation } from './stack-operation.ts';
import { stackReads } from './stack-reads.ts';

/**
 * The operations of CloudFormation that the stand-in has. Changes run after the answer; DescribeStacks says how far they are.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Operations.html
 */
export const stackOperations: Readonly<Record<string, StackOperation>> = {
  ...changeSets,
  ...stackChanges,
  ...stackReads,
};
