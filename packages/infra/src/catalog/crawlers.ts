import { deriveCrawler } from '@headwater/core';
import { publishesTable } from '@headwater/core/internal';
import { crawlerDatabaseInput, publishedResourceTags } from '@headwater/publish';
import { type CfnResource, Tags } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { acknowledge } from '../nag/acknowledge.ts';
import type { PlatformContext } from '../platform-context.ts';
import { derivedResource } from '../resource/derived-resource.ts';
import { glueDatabase } from './glue-database.ts';

/** The crawlers of what lands, with the database that they write to. They can change no published table. */
export class Crawlers extends Construct {
  constructor(scope: Construct, id: string, context: PlatformContext) {
    super(scope, id);
    const { target, tables, role } = context;
    const databases = new Map<string, CfnResource>();
    for (const { name, schema } of tables) {
      if (!publishesTable(target, 'crawler', name)) continue;
      const body = deriveCrawler(schema, target);
      const input = crawlerDatabaseInput(schema, target);
      const database =
        databases.get(input.Name) ?? glueDatabase(this, `Database-${input.Name}`, target.account, input);
      databases.set(input.Name, database);
      const { crawler: record = {} } = publishedResourceTags('crawler', schema, '', target);
      const crawler = derivedResource(this, name, 'AWS::Glue::Crawler', { ...body, Tags: record });
      crawler.node.addDependency(database, role('crawler'));
      Tags.of(crawler).add('headwater:table', name);
      acknowledge(crawler, {
        'AwsSolutions-GL1':
          'A security configuration encrypts the log by a key of KMS. The log names folders and columns, and CloudWatch Logs encrypts it',
      });
    }
  }
}
