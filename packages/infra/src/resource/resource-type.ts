import type { CfnResource } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

/** A class of the CDK that makes a resource of CloudFormation's own members, as `CfnInclude` does with a template. */
export interface ResourceClass<Resource extends CfnResource> {
  readonly CFN_RESOURCE_TYPE_NAME: string;
  _fromCloudFormation(scope: Construct, id: string, resource: object, options: never): Resource;
}

/** How CloudFormation writes an input of an API: where nothing is said, its members are those of the API. */
export interface ResourceType<Body extends object, Resource extends CfnResource> {
  readonly resource: ResourceClass<Resource>;
  /** Whether tags are a list of `{ Key, Value }`, as with most types, or by key, as with the older ones. Absent: it has none. */
  readonly tags?: 'list' | 'map';
  /**
   * Members of the API that CloudFormation names or nests otherwise, or has no place for: what to write in their stead. A member
   * of a union is a member of some of its parts only.
   */
  readonly members?: {
    readonly [Member in keyof Body]?: (value: NonNullable<Body[Member]>) => Readonly<Record<string, unknown>>;
  };
  /** Members that CloudFormation requires, and that the API has not. */
  readonly always?: Readonly<Record<string, unknown>>;
}

/** Declares a type, so that the members of `Body` are known, and the class of the resource is kept. */
export const resourceType =
  <Body extends object>() =>
  <Resource extends CfnResource>(type: ResourceType<Body, Resource>): ResourceType<Body, Resource> =>
    type;
