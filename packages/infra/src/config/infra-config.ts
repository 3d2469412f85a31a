import type { FlinkQuestionName, LakeFormationReader } from '@headwater/core';
import { flinkQuestionNames, permissionClasses } from '@headwater/core/internal';
import { z } from 'zod';
import { type PlatformPart, platformParts } from './platform-part.ts';

/** Sizes of the platform, from the smallest one. */
export const scales = ['dev', 'small', 'large'] as const;

/** A size of the platform: how many events a day it is made for, and what it costs. */
export type Scale = (typeof scales)[number];

/** What the application of Managed Flink is made of. */
export interface FlinkConfig {
  /**
   * The jars of its connectors, as Maven Central has them, beside the config: `headwater derive flink-job --part zip` names them. They are merged
   * into the one jar that the service takes.
   */
  readonly jars: readonly string[];
  /** What it asks of the stream. Defaults to `many-actions`, which the function `relay` tells, where the table can answer it. */
  readonly questions?: readonly FlinkQuestionName[] | undefined;
}

/** Who has rights by Lake Formation, with the part `lakeFormation`. */
export interface LakeFormationConfig {
  /** How readers get their columns: by tags on columns, or by data filters. Defaults to `tags`. */
  readonly by?: 'tags' | 'filters' | undefined;
  /** Who reads the clean events: ARNs of roles or users, each with its class. Defaults to nobody. */
  readonly readers?: readonly LakeFormationReader[] | undefined;
  /** ARNs of the roles that publish, or register partitions. Defaults to none. */
  readonly publishers?: readonly string[] | undefined;
}

/** What the platform has, how large it is, and whom it tells. All of it has defaults. */
export interface InfraConfig {
  /** Defaults to `small`. `headwater infra synth` prints the monthly price of each. */
  readonly scale?: Scale | undefined;
  /** Parts that differ from what follows from the rest of the config: `{ flink: false }` leaves the application of Flink out. */
  readonly parts?: { readonly [Part in PlatformPart]?: boolean | undefined } | undefined;
  /** Addresses that are told of alarms and of the budget. Each has to confirm a message of AWS. Defaults to none. */
  readonly alarmEmails?: readonly string[] | undefined;
  /** US dollars in a month: an alarm tells when what the platform costs is, or is forecast to be, more. Defaults to no budget. */
  readonly monthlyBudget?: number | undefined;
  /**
   * Who keeps the tables. `stack`, the default: the stack has what `headwater schema publish` writes. `published`: publishing alone writes
   * tables, workgroups and what it keeps beside them, and the stack has none of it.
   */
  readonly catalog?: 'stack' | 'published' | undefined;
  /** The name of the CloudFormation stack. Defaults to `headwater-<database>`, with hyphens. */
  readonly stackName?: string | undefined;
  /**
   * Where raw files land, `s3://...`, with a folder for each table. Defaults to that of `aws.crawler` or `aws.dataBrew`, or to a folder
   * beside the lake, `s3://<bucket>/_landing/<prefix>`.
   */
  readonly landing?: string | undefined;
  /** The bucket of access logs. Defaults to `<bucket of the lake>-logs`. */
  readonly logBucket?: string | undefined;
  /** Buckets that exist already: the stack uses them, and neither makes nor changes them. Defaults to none. */
  readonly existingBuckets?: readonly string[] | undefined;
  /** The application of Managed Flink. Defaults to none: it needs jars that are not a part of this package. */
  readonly flink?: FlinkConfig | undefined;
  /** The rights of the part `lakeFormation`. */
  readonly lakeFormation?: LakeFormationConfig | undefined;
  /** Events of a day, by which the price is estimated. Defaults to what the scale is made for. */
  readonly eventsPerDay?: number | undefined;
}

/** Something of `infra` that is not as it has to be, and what to do about it. */
export interface InfraProblem {
  /** Below `infra`, such as `parts.flink`. */
  readonly field: string;
  readonly problem: string;
  readonly fix: string;
}

const oneOf = <const T extends readonly string[]>(values: T) =>
  z.enum(values, { error: `must be ${values.slice(0, -1).join(', ')} or ${values.at(-1)}` });
const text = (pattern: RegExp, words: string) =>
  z.string(`must be ${words}`).regex(pattern, `must be ${words}`);
// https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
const bucket = text(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'the name of a bucket, without s3://');
const principal = text(/^arn:aws[a-z-]*:iam::[0-9]{12}:(role|user)\/.+$/, 'the ARN of a role or a user');

const schema = z.strictObject({
  scale: oneOf(scales).optional(),
  parts: z
    .partialRecord(oneOf(Object.keys(platformParts) as PlatformPart[]), z.boolean('must be true or false'))
    .optional(),
  alarmEmails: z.array(text(/^[^\s@]+@[^\s@]+$/, 'addresses, such as shop@example.com')).optional(),
  monthlyBudget: z.number('must be US dollars').positive('must be more than 0').optional(),
  catalog: oneOf(['stack', 'published']).optional(),
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_CreateStack.html
  stackName: text(/^[A-Za-z][A-Za-z0-9-]{0,127}$/, 'a letter, then letters, digits and hyphens').optional(),
  landing: text(
    /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[A-Za-z0-9!_.*'()=-]+)*$/,
    's3://bucket/folder, without a slash at the end',
  ).optional(),
  logBucket: bucket.optional(),
  existingBuckets: z.array(bucket, 'must be a list of buckets').optional(),
  flink: z
    .strictObject({
      jars: z
        .array(text(/\.jar$/, 'paths of jars'), 'must be a list of jars')
        .min(1, 'must name the jar of the connector'),
      questions: z.array(oneOf(flinkQuestionNames)).min(1, 'must not be empty').optional(),
    })
    .optional(),
  lakeFormation: z
    .strictObject({
      by: oneOf(['tags', 'filters']).optional(),
      readers: z
        .array(z.strictObject({ principal, permissionClass: z.enum(permissionClasses).optional() }))
        .optional(),
      publishers: z.array(principal).optional(),
    })
    .optional(),
  eventsPerDay: z.number('must be a number').positive('must be more than 0').optional(),
});

/** What to write in place of a wrong value, by the first word of its field. */
const fixes: Readonly<Record<string, string>> = {
  scale: "Write scale: 'dev', 'small' or 'large'",
  parts: `Use the names of parts: ${Object.keys(platformParts).join(', ')}`,
  alarmEmails: "Write alarmEmails: ['shop@example.com']",
  monthlyBudget: 'Write US dollars, such as monthlyBudget: 500',
  catalog: "Write catalog: 'stack' or 'published'",
  stackName: 'Write a name such as headwater-shop',
  landing: "Write a folder such as landing: 's3://shop-landing/raw'",
  logBucket: "Write a name such as logBucket: 'shop-logs'",
  existingBuckets: "Write names of buckets: existingBuckets: ['shop-lake']",
  flink: "Write flink: { jars: ['flink/flink-sql-connector-aws-kinesis-streams-5.1.0-1.20.jar'] }",
  lakeFormation:
    "Write lakeFormation: { readers: [{ principal: 'arn:aws:iam::123456789012:role/analyst', permissionClass: 'no_pii' }] }",
  eventsPerDay: 'Write a number such as eventsPerDay: 1_000_000',
};

/**
 * What is wrong with the word `infra` of a config by itself. The rest of the config is compared with it where the platform is made.
 *
 * @param infra as the config has it, of any type
 * @example infraProblems({ scale: 'huge' }) // [{ field: 'scale', problem: 'must be dev, small or large', fix: '...' }]
 */
export function infraProblems(infra: unknown): InfraProblem[] {
  const parsed = schema.safeParse(infra);
  if (parsed.success) return [];
  return parsed.error.issues.flatMap((issue): InfraProblem[] => {
    if (issue.code === 'unrecognized_keys')
      return issue.keys.map((key) => ({
        field: [...issue.path, key].join('.'),
        problem: 'is no word of infra',
        fix: `Use one of ${Object.keys(schema.shape).join(', ')}`,
      }));
    const [word = ''] = issue.path.map(String);
    return [
      { field: issue.path.join('.'), problem: issue.message, fix: fixes[word] ?? 'Write infra: { ... }' },
    ];
  });
}
