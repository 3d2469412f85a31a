import { deriveS3Lifecycle, streamPlace } from '@headwater/core';
import { carriesTable, queryPlace } from '@headwater/core/internal';
import type { LifecycleRule } from 'aws-cdk-lib/aws-s3';
import type { PlatformFacts } from '../platform-context.ts';
import { deletedAfter, lifecycleRule, oldVersions } from './lifecycle-rule.ts';

/** What lies in a bucket of the platform. One bucket may have several of them. */
export type BucketContent = 'lake' | 'results' | 'landing' | 'output' | 'poison' | 'logs';

/** A bucket of the platform, before it is constructed. */
export interface BucketPlan {
  readonly name: string;
  readonly contents: readonly BucketContent[];
  /** Whether what is replaced or removed stays for some days. */
  readonly isVersioned: boolean;
  /** Whether EventBridge is told of objects. */
  readonly sendsEvents: boolean;
  readonly rules: readonly LifecycleRule[];
}

/** Contents that a mistake could destroy: they are kept as old versions for a while. Results and logs can be had again, or are copies. */
const versioned: ReadonlySet<BucketContent> = new Set(['lake', 'landing']);

/** Days that old versions stay, as long as somebody needs to notice a mistake. An erasure is complete only after that. */
const versionDays = 30;

/** Days that records which no function could process stay. They may have personal data. */
const poisonDays = 90;

/**
 * The buckets of every place that the config names, each once, with what lies in it. That of the logs is the first: the others name it.
 */
export function bucketPlans(facts: PlatformFacts): BucketPlan[] {
  const contents = new Map<string, Set<BucketContent>>([[facts.logBucket, new Set(['logs'])]]);
  for (const [place, content] of places(facts)) {
    const name = bucketName(place);
    contents.set(name, (contents.get(name) ?? new Set()).add(content));
  }
  return [...contents].map(([name, found]) => {
    const isVersioned = [...found].some((content) => versioned.has(content));
    return {
      name,
      contents: [...found],
      isVersioned,
      sendsEvents: found.has('landing') && facts.has('load'),
      rules: [
        ...lakeRules(facts, name, found),
        ...(isVersioned ? [oldVersions(versionDays)] : []),
        ...(found.has('poison') && found.size === 1 ? [deletedAfter('poison', poisonDays)] : []),
        ...(found.has('logs') && found.size === 1 ? [deletedAfter('logs', facts.sizes.logDays)] : []),
      ],
    };
  });
}

/** The bucket of `s3://bucket/...`, or the name that is given. */
export const bucketName = (place: string): string => place.replace(/^s3:\/\//, '').split('/')[0] ?? place;

function places({ target, tables, landing, has, poisonBucket }: PlatformFacts): [string, BucketContent][] {
  const { stream, dataBrew, crawler } = target;
  const carried = tables.filter(
    ({ name }) => stream?.deliveryStream !== undefined && carriesTable(target, name),
  );
  const given = (url: string | undefined, content: BucketContent): [string, BucketContent][] =>
    url === undefined ? [] : [[url, content]];
  return [
    [target.location, 'lake'],
    [queryPlace(target).results, 'results'],
    ...tables.map(({ name }): [string, BucketContent] => [landing(name), 'landing']),
    ...given(crawler?.landing, 'landing'),
    ...given(dataBrew?.landing, 'landing'),
    ...given(dataBrew?.output, 'output'),
    ...carried.map(({ name }): [string, BucketContent] => [streamPlace(name, target).landing, 'landing']),
    ...(has('functions') ? given(poisonBucket, 'poison') : []),
  ];
}

function lakeRules(
  { target, tables }: PlatformFacts,
  name: string,
  contents: ReadonlySet<BucketContent>,
): LifecycleRule[] {
  const bucket = contents.has('lake') ? 'lake' : contents.has('results') ? 'results' : undefined;
  if (bucket === undefined) return [];
  const schemas = tables.map(({ schema }) => schema);
  const { Bucket, LifecycleConfiguration } = deriveS3Lifecycle(schemas, target, { bucket });
  if (Bucket !== name) throw new Error(`The lifecycle of ${Bucket} is not of ${name}`);
  return LifecycleConfiguration.Rules.map(lifecycleRule);
}
