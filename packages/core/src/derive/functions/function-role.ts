import { type StreamFunction, streamFunctions } from '../../catalog/alarms-config.ts';
import type { AwsTarget } from '../../catalog/aws-target.ts';
import { streamNames } from '../../catalog/stream-names.ts';
import { HeadwaterError } from '../../errors/headwater-error.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { type ServiceRole, serviceRole } from '../service-role.ts';

/**
 * The role that a function of a table's stream runs as, as the input of IAM's CreateRole. It has the name of the function, and Lambda alone may
 * assume it. Its permissions are those of `deriveIamPolicy(tables, target, '<function>-function')`.
 *
 * @throws HeadwaterError `OPTION_INVALID` for no function of a stream, `AWS_LIMIT_EXCEEDED` for a name that IAM refuses
 * @example deriveFunctionRole(clickstream.schema, target, 'sessions').RoleName // 'headwater-shop-clickstream-sessions'
 */
export function deriveFunctionRole(
  { name: table }: TableSchema,
  target: AwsTarget,
  name: StreamFunction,
): ServiceRole {
  if (!streamFunctions.includes(name))
    throw new HeadwaterError('OPTION_INVALID', {
      option: 'function',
      value: String(name),
      expected: `one of ${streamFunctions.join(', ')}`,
    });
  const { partition, account } = target;
  const { functions } = streamNames(table, target);
  return serviceRole(
    target,
    'lambda',
    `arn:${partition}:iam::${account}:role/${functions[name]}`,
    `The function ${name} of the stream of ${table}`,
  );
}
