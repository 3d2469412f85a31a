import { createReadStream } from 'node:fs';
import { HeadBucketCommand, PutObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { invalidRequest } from '../aws-error.ts';
import type { ResultFile } from './result-file.ts';

/** The local Athena's own access to S3. */
export class ResultStore {
  readonly #s3: S3Client;

  constructor(moto: string) {
    this.#s3 = new S3Client({
      endpoint: moto,
      region: 'us-east-1',
      credentials: { accessKeyId: 'athena', secretAccessKey: 'athena' },
    });
  }

  /** @throws AwsError when the bucket of the location does not exist */
  async checkBucket(location: string): Promise<void> {
    const { Bucket } = placeOf(location);
    await this.#s3.send(new HeadBucketCommand({ Bucket })).catch(() => {
      throw invalidRequest(`Unable to verify/create output bucket ${Bucket}`);
    });
  }

  /** Writes a result to the location that clients read it from. */
  async upload(file: ResultFile, location: string): Promise<void> {
    const body = { Body: createReadStream(file.path), ContentLength: file.bytes, ContentType: 'text/csv' };
    await this.#s3.send(new PutObjectCommand({ ...placeOf(location), ...body }));
  }

  async write(text: string, location: string): Promise<void> {
    await this.#s3.send(new PutObjectCommand({ ...placeOf(location), Body: text }));
  }

  /** The locations of the objects below a prefix. */
  async list(location: string): Promise<readonly string[]> {
    const { Bucket, Key } = placeOf(location);
    const found: string[] = [];
    for await (const { Contents = [] } of paginateListObjectsV2(
      { client: this.#s3 },
      { Bucket, Prefix: Key },
    ))
      found.push(...Contents.map((object) => `s3://${Bucket}/${object.Key}`));
    return found;
  }
}

/** @throws AwsError for a text that is not a location on S3 */
function placeOf(location: string): { readonly Bucket: string; readonly Key: string } {
  const match = /^s3:\/\/([^/]+)\/(.*)$/s.exec(location);
  if (match === null) throw invalidRequest(`outputLocation is not a valid S3 path: ${location}`);
  return { Bucket: match[1] ?? '', Key: match[2] ?? '' };
}
