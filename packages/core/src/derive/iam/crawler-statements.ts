import type { AwsTarget } from '../../catalog/aws-target.ts';
import { s3Place } from '../../catalog/s3-place.ts';
import type { CrawlerPlace } from '../crawler/crawler-place.ts';
import { glueArns } from './arns.ts';
import type { ReasonedStatement } from './policy-document.ts';

/**
 * What crawlers may do in the catalog: make tables and partitions in their own database, whose names begin with those of their tables.
 * AWS's managed policy for the role allows every action of Glue on every table
 * (https://docs.aws.amazon.com/glue/latest/dg/create-service-policy.html); this is that policy, scoped down to what a crawler of S3
 * calls. Tables and partitions are never deleted: the crawlers log what is gone.
 *
 * @param landing what they read, `s3://...`
 * @param places where the crawlers write, in one database
 */
export function crawlerStatements(
  target: AwsTarget,
  landing: readonly string[],
  places: readonly CrawlerPlace[],
): ReasonedStatement[] {
  const [{ database } = { database: '' }] = places;
  return [
    {
      Sid: 'SeeLandingBuckets',
      Effect: 'Allow',
      Action: ['s3:GetBucketLocation', 's3:GetBucketAcl'],
      Resource: [...new Set(landing.map((url) => s3Place(target, url).bucketArn))],
      reason:
        'As in the documented policy of the role: a crawler looks up the region and the owner of a bucket',
    },
    {
      Sid: 'WriteCrawledTables',
      Effect: 'Allow',
      Action: [
        'glue:GetDatabase',
        'glue:GetTable',
        'glue:GetTables',
        'glue:CreateTable',
        'glue:UpdateTable',
        'glue:GetPartition',
        'glue:GetPartitions',
        'glue:BatchGetPartition',
        'glue:CreatePartition',
        'glue:BatchCreatePartition',
        'glue:UpdatePartition',
        'glue:BatchUpdatePartition',
      ],
      Resource: glueArns(
        { ...target, database },
        places.map(({ tablePrefix }) => `${tablePrefix}*`),
      ),
      reason: `Tables of the database ${database} alone; Glue also checks the catalog and the database of a table`,
    },
  ];
}
