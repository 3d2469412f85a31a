import { randomUUID } from 'node:crypto';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { inParallel } from '@headwater/core/internal';
import type { AwsSandbox } from '@headwater/local-aws/testing';
import { afterAll } from 'vitest';

/** A prefix of a bucket to which tests write objects. */
export interface LandingZone {
  /** `s3://bucket/prefix/` */
  readonly location: string;
  readonly bucket: string;
  /** With the slash at its end. */
  readonly prefix: string;
  put(objects: Readonly<Record<string, string | Buffer>>): Promise<void>;
}

/** Gives landing zones in a sandbox's bucket, each with a prefix of its own. They are written past any proxy. */
export function useLandingZones({ bucket, endpoints }: AwsSandbox): () => LandingZone {
  const client = new S3Client({ endpoint: endpoints.aws });
  afterAll(() => client.destroy());
  return () => {
    const prefix = `landing-${randomUUID().slice(0, 8)}/`;
    return {
      ...{ location: `s3://${bucket}/${prefix}`, bucket, prefix },
      async put(objects) {
        await inParallel(Object.entries(objects), 16, ([name, Body]) =>
          client.send(new PutObjectCommand({ Bucket: bucket, Key: `${prefix}${name}`, Body })),
        );
      },
    };
  };
}
