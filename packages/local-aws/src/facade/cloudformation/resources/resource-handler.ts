import type { S3Client } from '@aws-sdk/client-s3';
import type { ApiClient } from '../api/api-client.ts';

/** Properties of a resource, evaluated. */
export type Properties = Readonly<Record<string, unknown>>;

/** Where a resource is made. */
export interface ResourcePlace {
  readonly api: ApiClient;
  readonly s3: S3Client;
  readonly region: string;
  readonly account: string;
  /** A physical name for a resource whose template gives none, as CloudFormation makes it: `stack-logicalId-random`. */
  readonly generatedName: string;
}

/** A resource that exists. */
export interface MadeResource {
  /** What Ref gives, and what is unique among resources of the type. */
  readonly id: string;
  readonly properties: Properties;
  /** What Fn::GetAtt gives. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Paths of properties that the stand-in does not apply, each with the reason where there is one. */
  readonly unapplied: readonly string[];
}

/** How resources of a type are made, changed and deleted. */
export interface ResourceHandler {
  /** The property that names the resource: a second one with the same name is refused. */
  readonly name?: string | undefined;
  /** Properties whose change is a replacement, as CloudFormation's schema of the type says. */
  readonly replaces: readonly string[];
  /** @throws AwsError when the service refuses, or when the resource exists already */
  create(place: ResourcePlace, properties: Properties): Promise<MadeResource>;
  /** Takes a resource that exists as it is; undefined when there is none, or when its type cannot be found by its name. */
  adopt(place: ResourcePlace, properties: Properties): Promise<MadeResource | undefined>;
  /** @throws AwsError when the service refuses, or when the stand-in cannot change one of the properties */
  update(place: ResourcePlace, made: MadeResource, properties: Properties): Promise<MadeResource>;
  delete(place: ResourcePlace, made: MadeResource): Promise<void>;
}
