import { s3Place } from '@headwater/core/internal';
import { bucketRegion } from '@headwater/storage';
import { type AccountCheck, bad, good, note } from './account-check.ts';

/** The region of the config, of the environment, and of the lake's bucket. */
export const regionCheck: AccountCheck = {
  name: 'region',
  async run({ target, clients }) {
    const { region, location } = target;
    const set = process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'];
    const own =
      set === undefined || set === region
        ? good('region', region)
        : note(
            'region',
            `${region} of the config; the environment has ${set}, which other programs use. Set AWS_REGION=${region} for them`,
          );
    const { bucket } = s3Place(target, location);
    const there = await bucketRegion(bucket, { region, client: clients.s3 });
    if (there === undefined)
      return [
        own,
        bad(
          'lake bucket',
          `${bucket} does not exist, or S3 does not tell its region. headwater infra deploy makes it`,
        ),
      ];
    return [
      own,
      there === region
        ? good('lake bucket', `${bucket} in ${there}`)
        : bad(
            'lake bucket',
            `${bucket} is in ${there}: reads across regions are slow and cost. Set aws.region to ${there}, or use a bucket in ${region}`,
          ),
    ];
  },
};
