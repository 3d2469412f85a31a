import { type AwsTarget, awsTarget, HeadwaterError } from '@headwater/core';
import { defaultStack, queryPlace, s3Place, tableLanding } from '@headwater/core/internal';
import { type InfraConfig, type InfraProblem, infraProblems } from './config/infra-config.ts';
import type { PlatformConfig } from './config/platform-config.ts';
import {
  hasNeeds,
  isPartByDefault,
  type PartConfig,
  type PlatformPart,
  platformParts,
} from './config/platform-part.ts';
import type { PlatformFacts } from './platform-context.ts';
import { scaleSizes } from './scale/sizes.ts';
import { deployedTarget } from './stream-parts.ts';

/**
 * What follows from a config before anything is constructed: names, sizes and parts. It needs no CDK.
 *
 * @throws HeadwaterError `INFRA_CONFIG_INVALID` naming every field of `infra` that is wrong, `AWS_CONFIG_INVALID`
 */
export function platformFacts(config: PlatformConfig): PlatformFacts {
  const { infra = {}, tables, quicksight } = config;
  refuse(infraProblems(infra));
  const target = targetOf(config);
  const { scale = 'small', catalog = 'stack' } = infra;
  const parts: PartConfig = {
    target,
    tables,
    scale,
    hasQuickSight: quicksight !== undefined,
    hasBudget: infra.monthlyBudget !== undefined,
    hasFlinkJars: infra.flink !== undefined,
    keepsCatalog: catalog === 'stack',
  };
  refuse(partProblems(infra.parts ?? {}, parts));
  const { bucket, prefix } = s3Place(target, target.location);
  const landing = infra.landing ?? target.crawler?.landing ?? target.dataBrew?.landing;
  const { logBucket = `${bucket}-logs` } = infra;
  const poisonBucket = target.stream?.poisonBucket ?? `${bucket}-poison`;
  refuse([
    ...bucketProblems({ logBucket }),
    ...(landing === undefined && prefix === '' ? [landingProblem(bucket)] : []),
    ...(landing === undefined || infra.landing !== undefined
      ? rawLayerProblems(parts, landing ?? `s3://${bucket}/_landing/${prefix}`)
      : []),
    ...logProblems(logBucket, [target.location, queryPlace(target).results, landing, poisonBucket]),
    ...emailProblems(infra, target),
  ]);
  const { partition, region, account, database } = target;
  const has = (part: PlatformPart): boolean => infra.parts?.[part] ?? isPartByDefault(part, parts);
  const topicArn =
    target.stream?.alarms?.topicArn ??
    `arn:${partition}:sns:${region}:${account}:headwater-${database}-alarms`;
  return {
    target: deployedTarget({ target, tables, config, infra, has, topicArn }),
    tables,
    config,
    infra,
    stackName: infra.stackName ?? defaultStack(target),
    sizes: scaleSizes[scale],
    has,
    landing: (table) =>
      tableLanding(table, target, { landing: landing ?? `s3://${bucket}/_landing/${prefix}` }),
    logBucket,
    poisonBucket,
    topicArn,
  };
}

function targetOf({ aws, lake }: PlatformConfig) {
  if (aws === undefined)
    throw new HeadwaterError('AWS_CONFIG_INVALID', {
      problems: [
        { field: '', problem: 'is missing: the platform needs region, account, database and firstDay' },
      ],
    });
  const location = aws.location ?? (lake?.startsWith('s3://') ? lake : undefined);
  return awsTarget({ ...aws, location });
}

function partProblems(
  parts: Readonly<Partial<Record<PlatformPart, boolean | undefined>>>,
  config: PartConfig,
): InfraProblem[] {
  const names = Object.keys(platformParts) as PlatformPart[];
  return names
    .filter((part) => parts[part] === true && !hasNeeds(part, config))
    .map((part) => {
      const { words, ...rule }: { words: string; needs?: { words: string } } = platformParts[part];
      return {
        field: `parts.${part}`,
        problem: `cannot be true: the ${words} need ${rule.needs?.words}`,
        fix: `Set ${rule.needs?.words}, or leave parts.${part} out`,
      };
    });
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
const mostCharacters = 63;

const bucketProblems = (buckets: Readonly<Record<string, string>>): InfraProblem[] =>
  Object.entries(buckets)
    .filter(([, name]) => name.length > mostCharacters)
    .map(([field, name]) => ({
      field,
      problem: `would be ${name}, which has ${name.length} characters; a bucket's name has at most ${mostCharacters}`,
      fix: `Set infra.${field} to a shorter name`,
    }));

/** Access logs are encrypted by keys of S3 alone, and end after some days: what else is in their bucket would share that. */
const logProblems = (logBucket: string, others: readonly (string | undefined)[]): InfraProblem[] =>
  others.some((place) => place?.replace(/^s3:\/\//, '').split('/')[0] === logBucket)
    ? [
        {
          field: 'logBucket',
          problem: `is ${logBucket}, which holds something else as well: the logs of a bucket may not be in it`,
          fix: 'Give the logs a bucket of their own, or leave infra.logBucket out',
        },
      ]
    : [];

/** Only the account of a topic can add addresses to it. */
const emailProblems = ({ alarmEmails = [] }: InfraConfig, { stream, account }: AwsTarget): InfraProblem[] => {
  const { topicArn } = stream?.alarms ?? {};
  return alarmEmails.length === 0 || topicArn === undefined || topicArn.split(':')[4] === account
    ? []
    : [
        {
          field: 'alarmEmails',
          problem: `cannot be told: alarms go to ${topicArn}, a topic of another account`,
          fix: 'Subscribe the addresses to that topic where it is, or leave aws.stream.alarms.topicArn out',
        },
      ];
};

const landingProblem = (bucket: string): InfraProblem => ({
  field: 'landing',
  problem: `has no default: the lake is the whole bucket ${bucket}, and raw files may not land in the lake`,
  fix: "Set infra.landing to a folder of another bucket, such as 's3://shop-landing/raw'",
});

/** A crawler or a job of DataBrew without a folder looks at the raw layer of the lake, while files land elsewhere. */
const rawLayerProblems = ({ target, keepsCatalog }: PartConfig, landing: string): InfraProblem[] =>
  (['crawler', 'dataBrew'] as const)
    .filter(
      (service) => keepsCatalog && target[service] !== undefined && target[service].landing === undefined,
    )
    .map((service) => ({
      field: 'landing',
      problem: `is ${landing}, and aws.${service} names no folder: it would look at the raw layer of the lake, where nothing lands`,
      fix: `Set aws.${service}.landing to '${landing}'`,
    }));

function refuse(problems: readonly InfraProblem[]): void {
  if (problems.length > 0) throw new HeadwaterError('INFRA_CONFIG_INVALID', { problems });
}
