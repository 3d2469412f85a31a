import type { Endpoints } from './endpoints.ts';

/**
 * The environment in which AWS's clients, and everything built on them, use the stand-in and nothing else.
 *
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
 */
export function clientEnvironment({ aws, moto, trino }: Endpoints): Readonly<Record<string, string>> {
  return {
    AWS_ENDPOINT_URL: aws,
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    // The emulator accepts any credentials. These keep clients from reading the user's profile.
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_EC2_METADATA_DISABLED: 'true',
    HEADWATER_AWS_URL: aws,
    HEADWATER_MOTO_URL: moto,
    HEADWATER_TRINO_URL: trino,
  };
}
