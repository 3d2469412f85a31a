import type { AwsTarget } from '../../catalog/aws-target.ts';
import { HeadwaterError } from '../../errors/headwater-error.ts';

/**
 * The ARN of the role as which Redshift reads the lake, the catalogue or a stream.
 *
 * @throws HeadwaterError `OPTION_INVALID` for a text that is no ARN of a role
 */
export function redshiftRole({ partition, account, database }: AwsTarget, given: string | undefined): string {
  const role = given ?? `arn:${partition}:iam::${account}:role/headwater-${database}-redshift`;
  // Roles that are assumed one after the other are separated by commas
  // (https://docs.aws.amazon.com/redshift/latest/mgmt/authorizing-redshift-service.html).
  if (role.split(',').every((one) => /^arn:aws[a-z-]*:iam::[0-9]{12}:role\/[\w+=,.@/-]+$/.test(one)))
    return role;
  throw new HeadwaterError('OPTION_INVALID', {
    option: 'role',
    value: role,
    expected: 'the ARN of a role, arn:aws:iam::<account>:role/<name>',
  });
}
