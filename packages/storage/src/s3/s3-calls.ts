import type * as Sdk from '@aws-sdk/client-s3';
import { packageMissing } from '@headwater/core/internal';
import { countRequests } from './count-requests.ts';
import type { OnRequest } from './on-request.ts';
import { storeErrorFrom } from './s3-error.ts';

/** The SDK and a client, loaded at their first use. */
export interface S3Calls {
  readonly bucket: string;
  /** The object key of a path of the lake. */
  key(path: string): string;
  /** The path of the lake of an object key. */
  path(key: string): string;
  /** @param action the action in words that follow `cannot`, for the error */
  run<Result>(
    action: string,
    call: (client: Sdk.S3Client, sdk: typeof Sdk) => Promise<Result>,
  ): Promise<Result>;
}

/** Timeouts in milliseconds for connecting, and for an idle connection. The SDK then retries the call. */
const patience = { connectionTimeout: 30_000, socketTimeout: 60_000 };

export interface S3CallOptions {
  /** A client to use. Defaults to one made here. */
  readonly client?: Sdk.S3Client | undefined;
  readonly region?: string | undefined;
  /** Called for each request that is sent. */
  readonly onRequest?: OnRequest | undefined;
  /** What to do about failures, by name of the error, in place of the usual advice. */
  readonly advice?: Readonly<Record<string, string>>;
  /** What needs the SDK. Defaults to a lake. */
  readonly purpose?: string;
}

export function createS3Calls(
  location: string,
  { bucket, prefix }: { bucket: string; prefix: string },
  { client: given, region, onRequest, advice, purpose = 'A lake on S3' }: S3CallOptions,
): S3Calls {
  const root = prefix === '' ? '' : `${prefix}/`;
  let loading: Promise<{ client: Sdk.S3Client; sdk: typeof Sdk }> | undefined;
  const load = async (): Promise<{ client: Sdk.S3Client; sdk: typeof Sdk }> => {
    const sdk = await import('@aws-sdk/client-s3').catch(packageMissing('@aws-sdk/client-s3', purpose));
    if (given) return { client: given, sdk };
    const options = { followRegionRedirects: true, maxAttempts: 5, requestHandler: patience };
    const client = new sdk.S3Client({ ...options, ...(region ? { region } : {}) });
    const isConfigured = await client.config.region().then(
      () => true,
      () => false,
    );
    // Every region of the partition redirects to the region of the bucket.
    return { client: isConfigured ? client : new sdk.S3Client({ ...options, region: 'us-east-1' }), sdk };
  };
  return {
    bucket,
    key: (path) => `${root}${path}`,
    path: (key) => key.slice(root.length),
    async run(action, call) {
      try {
        loading ??= load().then(({ client, sdk }) => ({
          client: onRequest ? countRequests(client, onRequest) : client,
          sdk,
        }));
        const { client, sdk } = await loading;
        return await call(client, sdk);
      } catch (error) {
        throw storeErrorFrom(error, location, action, advice);
      }
    },
  };
}
