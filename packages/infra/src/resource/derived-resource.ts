import type { CfnResource } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ResourceType } from './resource-type.ts';
import { type BodyOf, type DerivedType, type ResourceOf, resourceTypes } from './resource-types.ts';

/**
 * A CloudFormation resource of a derived body: the input of the API call that would make it, with the names of the API. What
 * CloudFormation names otherwise is in {@link resourceTypes}.
 *
 * @param body the whole input of the call, tags included
 * @returns the L1 construct of the type, so that tags of the scope, references and the rules of cdk-nag reach it
 * @throws Error for a type without a row, or a member that CloudFormation does not know: both are faults of the table of types
 * @example derivedResource(this, 'Job', 'AWS::Glue::Job', deriveSparkJob(schema, target).job).ref // the job's name
 */
export function derivedResource<Type extends DerivedType>(
  scope: Construct,
  id: string,
  type: Type,
  body: BodyOf<Type>,
): ResourceOf<Type> {
  const row = resourceTypes[type] as unknown as ResourceType<BodyOf<Type>, CfnResource> | undefined;
  if (!row)
    throw new Error(`${type} is not in resource-types.ts. It has ${Object.keys(resourceTypes).join(', ')}`);
  const resource = row.resource._fromCloudFormation(
    scope,
    id,
    { Properties: cloudFormationMembers(row, body) },
    parser as never,
  );
  // What the class does not know becomes an override, and would be refused when the stack is deployed.
  const unknown = memberPaths(resource['rawOverrides'].Properties ?? {});
  if (unknown.length > 0)
    throw new Error(`${type} has no ${unknown.join(', ')}: say in resource-types.ts what becomes of it`);
  return resource as ResourceOf<Type>;
}

/** The members are values already, and a resource of ours has no attributes such as `DependsOn` in its body. */
const parser = { parser: { parseValue: (value: unknown) => value, handleAttributes: () => undefined } };

/**
 * A body as CloudFormation writes it.
 * @example cloudFormationMembers(resourceTypes['AWS::Glue::Crawler'], { Schedule: 'cron(0 3 * * ? *)' }) // { Schedule: { ScheduleExpression: 'cron(0 3 * * ? *)' } }
 */
export function cloudFormationMembers<Body extends object>(
  { members = {}, tags, always = {} }: ResourceType<Body, CfnResource>,
  body: Body,
): Record<string, unknown> {
  const written = Object.entries(body)
    .filter(([, value]) => value !== undefined)
    .map(([member, value]): Readonly<Record<string, unknown>> => {
      if (member === 'Tags') return { Tags: tags === 'list' ? tagList(value) : value };
      const write = members[member as keyof Body];
      return write ? write(value) : { [member]: value };
    });
  return asTexts(Object.assign({}, ...written, always)) as Record<string, unknown>;
}

/** Instants as texts: a template is JSON. */
function asTexts(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(asTexts);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, asTexts(member)]));
}

/** Tags by key as a list. A list is one already. */
const tagList = (tags: object): unknown =>
  Array.isArray(tags) ? tags : Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));

/** The paths of the leaves, such as `TableInput.Owner`. */
const memberPaths = (members: object): string[] =>
  Object.entries(members).flatMap(([name, value]) =>
    typeof value === 'object' && value !== null
      ? memberPaths(value).map((path) => `${name}.${path}`)
      : [name],
  );
