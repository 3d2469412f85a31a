import { at, type Members } from '../../rules/aws-rule.ts';
import { AwsError } from '../aws-error.ts';

/** The quotas of an account that nobody raised, by their code (https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html). */
const defaults: Readonly<Record<string, readonly [service: string, name: string, value: number]>> = {
  'L-B99A9384': ['lambda', 'Concurrent executions', 1000],
  'L-FC5F6546': ['athena', 'Active DML queries', 200],
  'L-08F3B322': ['glue', 'Max task DPUs per account', 1000],
};

/** The part of X-Amz-Target by which requests to Service Quotas are known. */
export const quotasTarget = 'ServiceQuotasV20190624';

/**
 * `GetServiceQuota` of Service Quotas for a few services; the emulator has those of a VPC alone.
 *
 * @returns undefined for another operation
 * @throws AwsError for a quota that is not in the table
 */
export function serviceQuota(operation: string, input: Members): object | undefined {
  if (operation !== 'GetServiceQuota') return undefined;
  const code = String(at(input, 'QuotaCode'));
  const [ServiceCode, QuotaName, Value] = defaults[code] ?? [];
  if (ServiceCode === undefined || ServiceCode !== at(input, 'ServiceCode'))
    throw new AwsError('NoSuchResourceException', `The quota ${code} does not exist.`);
  return { Quota: { ServiceCode, QuotaCode: code, QuotaName, Value, Adjustable: true, GlobalQuota: false } };
}
