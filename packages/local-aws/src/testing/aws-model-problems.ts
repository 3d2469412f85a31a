import { existsSync } from 'node:fs';
import { awsPython } from '../install/aws-python.ts';
import { interpreterOf } from '../install/python-environment.ts';
import { inputProblems } from '../model/input-problems.ts';
import { readServiceModel } from '../model/service-model.ts';
import type { AwsRequest } from '../rules/aws-rules.ts';

/** Whether the service models of botocore are on this machine: the stand-in brings them. */
export const hasAwsModels = (): boolean => existsSync(interpreterOf(awsPython));

/**
 * What is wrong with a request by the service's model: unknown and missing members, types, lengths, patterns, enums.
 * @throws Error when botocore is not installed
 */
export function awsModelProblems({ service, operation, input }: AwsRequest): string[] {
  return inputProblems(readServiceModel(service), operation, input);
}
