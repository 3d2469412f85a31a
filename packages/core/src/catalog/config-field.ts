import { z } from 'zod';

/** A text of a config by its pattern, whose error says what it must be. */
export const named = (pattern: RegExp, what: string) =>
  z.string(`must be ${what}`).regex(pattern, `must be ${what}`);

/** A day of a config. */
export const day = z.iso.date('must be an existing day, YYYY-MM-DD');

/**
 * A bucket (https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html) and plain folder names. Special
 * characters of location templates, IAM resources and Hive paths are not allowed.
 */
const s3Pattern = /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/(?!\.{1,2}(\/|$))[A-Za-z0-9_.=-]+)*\/?$/;

/** A folder on S3, without the slash at its end. */
export const s3Folder = named(s3Pattern, 's3://bucket/folder, in letters, digits and _ . = -').transform(
  (url) => url.replace(/\/$/, ''),
);

/** The ARN of an IAM role (https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html). */
export const roleArn = named(
  /^arn:aws[a-z-]*:iam::[0-9]{12}:role\/[\w+=,.@/-]{1,512}$/,
  'the ARN of a role, arn:aws:iam::<account>:role/<name>',
);
