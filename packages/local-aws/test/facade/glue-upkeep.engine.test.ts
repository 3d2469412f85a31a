import { randomBytes } from 'node:crypto';
import {
  CreateCrawlerCommand,
  CreateDataQualityRulesetCommand,
  DeleteCrawlerCommand,
  GetCrawlerCommand,
  GetDataQualityRulesetCommand,
  GetTagsCommand,
  GlueClient,
  TagResourceCommand,
  UpdateCrawlerCommand,
  UpdateDataQualityRulesetCommand,
} from '@aws-sdk/client-glue';
import { expect, it } from 'vitest';

const glue = new GlueClient({ maxAttempts: 1 });
const Name = `upkeep-${randomBytes(4).toString('hex')}`;
const arn = (kind: string): string => `arn:aws:glue:us-east-1:123456789012:${kind}/${Name}`;

const crawler = {
  Name,
  Role: 'arn:aws:iam::123456789012:role/crawlers/landing',
  DatabaseName: 'shop_landing',
  Targets: { S3Targets: [{ Path: 's3://shop-landing/events/' }] },
  RecrawlPolicy: { RecrawlBehavior: 'CRAWL_NEW_FOLDERS_ONLY' as const },
  SchemaChangePolicy: { UpdateBehavior: 'LOG' as const, DeleteBehavior: 'LOG' as const },
};

it('updates a crawler, which names its role and its schedule as Glue does', async () => {
  await glue.send(new CreateCrawlerCommand({ ...crawler, Tags: { team: 'shop' } }));
  await expect(glue.send(new CreateCrawlerCommand(crawler))).rejects.toMatchObject({
    name: 'AlreadyExistsException',
  });
  await glue.send(new UpdateCrawlerCommand({ Name, Schedule: 'cron(0 3 * * ? *)' }));
  expect((await glue.send(new GetCrawlerCommand({ Name }))).Crawler).toMatchObject({
    Role: 'crawlers/landing',
    DatabaseName: 'shop_landing',
    State: 'READY',
    Schedule: { ScheduleExpression: 'cron(0 3 * * ? *)' },
  });
  await glue.send(new TagResourceCommand({ ResourceArn: arn('crawler'), TagsToAdd: { version: '1' } }));
  expect((await glue.send(new GetTagsCommand({ ResourceArn: arn('crawler') }))).Tags).toEqual({
    team: 'shop',
    version: '1',
  });
  await glue.send(new DeleteCrawlerCommand({ Name }));
  await expect(glue.send(new GetCrawlerCommand({ Name }))).rejects.toMatchObject({
    name: 'EntityNotFoundException',
  });
});

it('keeps rulesets of Data Quality, and holds requests to the model', async () => {
  const TargetTable = { DatabaseName: 'shop', TableName: 'events' };
  await glue.send(
    new CreateDataQualityRulesetCommand({ Name, Ruleset: 'Rules = [ RowCount > 0 ]', TargetTable }),
  );
  await glue.send(new UpdateDataQualityRulesetCommand({ Name, Ruleset: 'Rules = [ RowCount > 1 ]' }));
  expect(await glue.send(new GetDataQualityRulesetCommand({ Name }))).toMatchObject({
    Ruleset: 'Rules = [ RowCount > 1 ]',
    TargetTable,
  });
  expect((await glue.send(new GetTagsCommand({ ResourceArn: arn('dataQualityRuleset') }))).Tags).toEqual({});
  await expect(glue.send(new UpdateDataQualityRulesetCommand({ Name, Ruleset: '' }))).rejects.toMatchObject({
    name: 'InvalidInputException',
    message: expect.stringContaining('at least 1'),
  });
});
