import { type AwsRule, at, has, type Members } from './aws-rule.ts';

const crawlers = { service: 'glue', operations: ['CreateCrawler', 'UpdateCrawler'] } as const;
const configurationPage = 'https://docs.aws.amazon.com/glue/latest/dg/crawler-configuration.html';

/** The members that each object of a crawler's configuration has, with the values that they take. */
const configurationMembers: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  '': { Version: /^1$/, CrawlerOutput: /./, Grouping: /./, CreatePartitionIndex: /^(true|false)$/ },
  CrawlerOutput: { Partitions: /./, Tables: /./ },
  Partitions: { AddOrUpdateBehavior: /^InheritFromTable$/ },
  Tables: { AddOrUpdateBehavior: /^MergeNewColumns$/, TableThreshold: /^[1-9]\d*$/ },
  Grouping: { TableGroupingPolicy: /^CombineCompatibleSchemas$/, TableLevelConfiguration: /^[1-9]\d*$/ },
};

/** Whether a value is a configuration that Glue takes: JSON with known members and values. */
function isConfiguration(text: unknown): boolean {
  try {
    const value: unknown = JSON.parse(String(text));
    return at(value, 'Version') === 1 && hasKnownMembers('', value);
  } catch {
    return false;
  }
}

const hasKnownMembers = (name: string, value: unknown): boolean =>
  Object.entries(Object(value)).every(([member, inner]) => {
    const known = configurationMembers[name]?.[member];
    return (
      known?.test(String(inner)) === true && (typeof inner !== 'object' || hasKnownMembers(member, inner))
    );
  });

const isIncremental = (input: Members): boolean =>
  at(input, 'RecrawlPolicy', 'RecrawlBehavior') === 'CRAWL_NEW_FOLDERS_ONLY';

/** Rules about Glue's crawlers. */
export const crawlerRules: readonly AwsRule[] = [
  {
    ...crawlers,
    rule: 'a crawler of new folders only has LOG as its update and its delete behaviour',
    source: 'https://docs.aws.amazon.com/glue/latest/dg/incremental-crawls.html',
    isBroken: (input) =>
      isIncremental(input) &&
      ['UpdateBehavior', 'DeleteBehavior'].some((one) => at(input, 'SchemaChangePolicy', one) !== 'LOG'),
  },
  {
    ...crawlers,
    rule: 'a crawler of new folders only has targets on S3 and no others',
    source: 'https://docs.aws.amazon.com/glue/latest/webapi/API_RecrawlPolicy.html',
    isBroken: (input) =>
      isIncremental(input) &&
      (!has(input, 'Targets', 'S3Targets', '0') || Object.keys(Object(at(input, 'Targets'))).length > 1),
  },
  {
    ...crawlers,
    rule: 'the configuration of a crawler is JSON of version 1.0 with documented members and values',
    source: configurationPage,
    isBroken: (input) => has(input, 'Configuration') && !isConfiguration(at(input, 'Configuration')),
  },
  {
    ...crawlers,
    rule: 'a crawler samples 1 to 249 files of each folder',
    source: 'https://docs.aws.amazon.com/glue/latest/webapi/API_S3Target.html',
    isBroken: (input) =>
      [at(input, 'Targets', 'S3Targets') ?? []]
        .flat()
        .map((target) => at(target, 'SampleSize'))
        .some((size) => size !== undefined && !(Number(size) >= 1 && Number(size) <= 249)),
  },
  {
    ...crawlers,
    rule: 'a schedule is cron(...) of six fields, with ? for one of the two days',
    source: 'https://docs.aws.amazon.com/glue/latest/dg/monitor-data-warehouse-schedule.html',
    isBroken(input) {
      // An empty one removes the schedule (https://github.com/aws-cloudformation/cloudformation-coverage-roadmap/issues/2247).
      if (!has(input, 'Schedule') || at(input, 'Schedule') === '') return false;
      const fields = /^cron\((.*)\)$/.exec(String(at(input, 'Schedule')))?.[1]?.split(/\s+/) ?? [];
      return fields.length !== 6 || (fields[2] === '?') === (fields[4] === '?');
    },
  },
];
