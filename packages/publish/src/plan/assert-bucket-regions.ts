import { type AwsTarget, HeadwaterError } from '@headwater/core';
import { queryPlace } from '@headwater/core/internal';
import { bucketRegion, type S3StoreOptions } from '@headwater/storage';

/** The id that allows a lake in another region than its tables. */
export const bucketElsewhere = 'bucket-in-another-region';

/**
 * Refuses a target whose buckets are in another region than its tables: most likely the region is wrong, and the tables would
 * be created where nobody looks for them. Athena can read a lake across regions
 * (https://docs.aws.amazon.com/athena/latest/ug/querying-across-regions.html), so that may be allowed. It writes results only
 * in its own region (https://docs.aws.amazon.com/athena/latest/ug/querying.html). Does nothing where S3 does not report the region.
 *
 * @throws HeadwaterError `AWS_CONFIG_INVALID`
 */
export async function assertBucketRegions(
  target: AwsTarget,
  allow: readonly string[],
  client: S3StoreOptions['client'],
): Promise<void> {
  const { region, location } = target;
  const { results } = queryPlace(target);
  const problems: { field: string; problem: string }[] = [];
  const lakeRegion = await bucketRegion(bucketOf(location), { region, client });
  const isLakeElsewhere = lakeRegion !== undefined && lakeRegion !== region;
  if (isLakeElsewhere && !allow.includes(bucketElsewhere))
    problems.push({
      field: 'region',
      problem:
        `is ${region}, and the bucket of ${location} is in ${lakeRegion}. Set it to ${lakeRegion}, or change aws.location. If Athena is to ` +
        `read the lake across regions, which AWS charges for, pass --allow ${bucketElsewhere}`,
    });
  const resultsRegion =
    bucketOf(results) === bucketOf(location)
      ? lakeRegion
      : await bucketRegion(bucketOf(results), { region, client });
  if (problems.length === 0 && resultsRegion !== undefined && resultsRegion !== region)
    problems.push({
      field: 'results',
      problem:
        `is ${results}, whose bucket is in ${resultsRegion}. Athena in ${region} cannot write its results there: ` +
        `set it to a place in a bucket of ${region}`,
    });
  if (problems.length > 0) throw new HeadwaterError('AWS_CONFIG_INVALID', { problems });
}

const bucketOf = (location: string): string => location.split('/')[2] ?? '';
