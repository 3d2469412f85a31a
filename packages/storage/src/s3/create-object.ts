import { pause } from '../pause.ts';
import type { Encryption } from './encryption.ts';
import type { S3Calls } from './s3-calls.ts';
import { statusOf } from './s3-error.ts';

const attempts = 5;
const pace = { first: 200, most: 2_000 };

/**
 * Creates an object if none with its name exists
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html).
 *
 * @returns false if one exists
 */
export function createS3Object(
  s3: S3Calls,
  path: string,
  text: string,
  encryption: Encryption,
): Promise<boolean> {
  return s3.run(`create ${path}`, async (client, sdk) => {
    const input = { Bucket: s3.bucket, Key: s3.key(path), Body: text, IfNoneMatch: '*', ...encryption };
    for (let attempt = 1; ; attempt += 1) {
      try {
        await client.send(new sdk.PutObjectCommand(input));
        return true;
      } catch (error) {
        const status = statusOf(error);
        if (status === 412) return false;
        // Another write to the same name is in progress. Its result is unknown until it ends.
        if (status !== 409 || attempt === attempts) throw error;
        await pause(pace, attempt);
      }
    }
  });
}
