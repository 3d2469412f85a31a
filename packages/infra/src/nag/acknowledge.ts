import { Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Acknowledges findings of cdk-nag on a construct and on all that it contains. Each needs the reason why it is right as it is.
 *
 * @param rules reasons by the names of rules
 * @example acknowledge(logs, { 'AwsSolutions-S1': 'It has the access logs of the other buckets' })
 */
export function acknowledge(construct: IConstruct, rules: Readonly<Record<string, string>>): void {
  Validations.of(construct).acknowledge(...Object.entries(rules).map(([id, reason]) => ({ id, reason })));
}
