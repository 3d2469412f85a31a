import { AwsError } from '../../aws-error.ts';
import { isTrue, type Scope } from '../template/evaluate.ts';
import type { Template } from '../template/template.ts';
import type { StackResource } from './stack.ts';

/** What the names of a stack's template stand for. */
export interface ScopeOptions {
  readonly template: Template;
  /** Values of parameters; those of the Parameter Store read. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly stackName: string;
  readonly stackId: string;
  readonly region: string;
  readonly account: string;
  readonly resources: ReadonlyMap<string, StackResource>;
  readonly exports: ReadonlyMap<string, string>;
  /** What a resource gives that does not exist yet. By default that is an error. */
  readonly later?: string;
}

/** The scope in which the properties of a stack's resources are evaluated. */
export function stackScope(options: ScopeOptions): Scope {
  const { template, parameters, resources, region, account, later } = options;
  const pseudo: Readonly<Record<string, unknown>> = {
    'AWS::AccountId': account,
    'AWS::NotificationARNs': [],
    'AWS::Partition': 'aws',
    'AWS::Region': region,
    'AWS::StackId': options.stackId,
    'AWS::StackName': options.stackName,
    'AWS::URLSuffix': 'amazonaws.com',
  };

  function parameter(name: string): unknown {
    const type = template.Parameters[name]?.Type;
    const value = parameters[name];
    if (type === undefined || value === undefined) return undefined;
    return type.startsWith('List<') || type === 'CommaDelimitedList' || type.includes('Value<List<')
      ? value.split(',').map((item) => item.trim())
      : value;
  }

  function made(name: string) {
    const resource = resources.get(name);
    if (resource?.made !== undefined) return resource.made;
    const type = template.Resources[name]?.Type;
    if (resource !== undefined && type !== undefined)
      throw new AwsError(
        'ValidationError',
        `${name} is of type ${type}, which the stand-in skips, so nothing can refer to it`,
      );
    return undefined;
  }

  const scope: Scope = {
    region,
    mappings: template.Mappings,
    ref(name) {
      const value = pseudo[name] ?? parameter(name) ?? made(name)?.id;
      return value === undefined && Object.hasOwn(template.Resources, name) ? later : value;
    },
    attribute(name, attribute) {
      const resource = made(name);
      if (resource === undefined) {
        if (later !== undefined && Object.hasOwn(template.Resources, name)) return later;
        throw new AwsError(
          'ValidationError',
          `Template error: instance of Fn::GetAtt references undefined resource ${name}`,
        );
      }
      const value = resource.attributes[attribute];
      if (value === undefined)
        throw new AwsError(
          'ValidationError',
          `The stand-in has no attribute ${attribute} of ${template.Resources[name]?.Type ?? name}`,
        );
      return value;
    },
    condition(name) {
      if (!Object.hasOwn(template.Conditions, name))
        throw new AwsError('ValidationError', `Template error: there is no condition ${name}`);
      return isTrue(template.Conditions[name], scope);
    },
    importValue(name) {
      const value = options.exports.get(name);
      if (value === undefined) throw new AwsError('ValidationError', `No export named ${name} found.`);
      return value;
    },
  };
  return scope;
}
