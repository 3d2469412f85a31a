import { inputProblems } from '../model/input-problems.ts';
import { readServiceModel } from '../model/service-model.ts';
import type { Members } from '../rules/aws-rule.ts';
import { awsRuleProblems } from '../rules/aws-rules.ts';
import { AwsError } from './aws-error.ts';

/** Services whose requests moto takes unchecked: by their name in X-Amz-Target, the name in botocore, and the error of a wrong request. */
const services: Readonly<Record<string, { readonly service: string; readonly error: string }>> = {
  KinesisAnalytics_20180523: { service: 'kinesisanalyticsv2', error: 'InvalidArgumentException' },
  GraniteServiceVersion20100801: { service: 'cloudwatch', error: 'InvalidParameterValueException' },
};

/** Checks requests by the model of their service, and by the rules that the model does not hold. */
export class ModelChecks {
  /** Whether requests of a service are checked. `target` is the first part of X-Amz-Target. */
  static covers(target: string): boolean {
    return Object.hasOwn(services, target);
  }

  /** @throws AwsError for a request that AWS refuses */
  check(target: string, operation: string, input: Members): void {
    const { service, error } = services[target] ?? { service: '', error: '' };
    const [problem] = [
      ...inputProblems(readServiceModel(service), operation, input),
      ...awsRuleProblems({ service, operation, input }),
    ];
    if (problem !== undefined) throw new AwsError(error, problem);
  }
}
