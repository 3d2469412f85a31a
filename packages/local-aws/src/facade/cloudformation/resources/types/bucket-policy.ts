import { DeleteBucketPolicyCommand, PutBucketPolicyCommand, type S3Client } from '@aws-sdk/client-s3';
import { at } from '../../../../rules/aws-rule.ts';
import type { Properties, ResourceHandler } from '../resource-handler.ts';
import { listOf } from './values.ts';

/**
 * Policies of buckets, without denials on a condition: moto evaluates a policy as if it had no conditions, so that a denial of requests
 * without TLS would deny every request. What is left out is listed.
 */
export const bucketPolicyHandler: ResourceHandler = {
  replaces: ['Bucket'],
  async create({ s3 }, properties) {
    const id = String(properties['Bucket']);
    return { id, properties, attributes: {}, unapplied: await put(s3, id, properties) };
  },
  async adopt() {
    return undefined;
  },
  async update({ s3 }, made, properties) {
    return { ...made, properties, unapplied: await put(s3, made.id, properties) };
  },
  async delete({ s3 }, { id }) {
    await s3.send(new DeleteBucketPolicyCommand({ Bucket: id }));
  },
};

async function put(s3: S3Client, Bucket: string, properties: Properties): Promise<string[]> {
  const document = properties['PolicyDocument'];
  const statements = listOf(at(document, 'Statement'));
  const kept = statements.filter(
    (statement) => at(statement, 'Condition') === undefined || at(statement, 'Effect') !== 'Deny',
  );
  if (kept.length > 0)
    await s3.send(
      new PutBucketPolicyCommand({
        Bucket,
        Policy: JSON.stringify({ ...Object(document), Statement: kept }),
      }),
    );
  return statements.flatMap((statement, index) =>
    kept.includes(statement)
      ? []
      : [
          `PolicyDocument.Statement[${index}]: the emulator ignores conditions, so ${String(at(statement, 'Sid') ?? at(statement, 'Effect'))} would apply to every request`,
        ],
  );
}
