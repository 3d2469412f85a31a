import type { StreamFunction } from '../../catalog/alarms-config.ts';
import type { AwsTarget } from '../../catalog/aws-target.ts';
import { tableLanding } from '../../catalog/landing-folder.ts';
import { publishesTable } from '../../catalog/published-services.ts';
import { streamPlace } from '../../catalog/stream-place.ts';
import { jobsPath, manifestFolder } from '../../lake/manifest.ts';
import { quarantineName } from '../../lake/quarantine.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { crawlerPlace } from '../crawler/crawler-place.ts';
import { dataBrewPlaces } from '../databrew/databrew-place.ts';
import { firehosePlace } from '../firehose/firehose-place.ts';
import { sparkJobName, sparkJobRole } from '../spark/spark-job-place.ts';
import { glueArns } from './arns.ts';
import { crawlerStatements } from './crawler-statements.ts';
import { dashboardStatements } from './dashboard-statements.ts';
import { databrewStatements } from './databrew-statements.ts';
import { defaultStack, deployStatements, planStatements } from './deploy-statements.ts';
import { firehoseStatements } from './firehose-statements.ts';
import { flinkStatements, studioStatements } from './flink-statements.ts';
import {
  functionStatements,
  functionWords,
  liveStatements,
  producerStatements,
} from './function-statements.ts';
import { jobStatements, submitStatements } from './job-statements.ts';
import type { ReasonedStatement } from './policy-document.ts';
import { publisherStatements } from './publisher-statements.ts';
import { queryStatements } from './query-statements.ts';
import type { ReadPolicyOptions } from './read-policy.ts';
import { rollupFolders, rollupStates } from './rollup-folders.ts';
import { keyStatements, landingStatements, versionStatement, writeStatements } from './storage-statements.ts';

/** The role that a policy is for. */
export type PolicyRole =
  | `${StreamFunction}-function`
  | 'analyst'
  | 'crawler'
  | 'dashboard-publisher'
  | 'databrew'
  | 'deployer'
  | 'etl'
  | 'firehose'
  | 'flink'
  | 'flink-studio'
  | 'live-reader'
  | 'planner'
  | 'producer'
  | 'publisher'
  | 'spark-job'
  | 'submitter';

/** Options of the policies of one role or another. */
export interface PolicyOptions extends ReadPolicyOptions {
  /**
   * Of the roles `spark-job` and `etl`: where their inputs are, `s3://...`. Below the lake they may read their own tables without. Of the
   * roles `crawler` and `databrew`: what they read, by default as the config has it.
   */
  readonly landing?: readonly string[] | undefined;
  /** Of the role `crawler`: the database that crawlers write to. Defaults to `<database>_landing`. */
  readonly crawlerDatabase?: string | undefined;
  /** Of the role `submitter`: the ARN of the role that jobs run as. Defaults to `headwater-<database>-spark`. */
  readonly jobRole?: string | undefined;
  /** Of the role `firehose`: the ARN of the function that cleans records. Defaults to that of the config. */
  readonly transform?: string | undefined;
  /** Of the role `flink`: the zip of the job, `s3://bucket/key.zip`. Defaults to `<lake>__flink/<table>.zip`. */
  readonly code?: string | undefined;
  /** Of the roles `planner` and `deployer`: the name of the stack. Defaults to `headwater-<database>`. */
  readonly stack?: string | undefined;
}

const namesOf = (tables: readonly TableSchema[]): string[] => tables.map(({ name }) => name);

type RoleStatements = (
  tables: readonly TableSchema[],
  target: AwsTarget,
  options: PolicyOptions,
) => ReasonedStatement[];

/** Where crawlers read by default. */
const crawledPlaces = (tables: readonly TableSchema[], target: AwsTarget): string[] =>
  namesOf(tables).map((name) => tableLanding(name, target, target.crawler));

/** Where delivery streams write, which is adopted. */
const streamLandings = (tables: readonly TableSchema[], target: AwsTarget): string[] =>
  namesOf(tables)
    .filter((name) => publishesTable(target, 'stream', name))
    .map((name) => streamPlace(name, target).landing);

/** The folders of the lake that loads write. */
const loadedFolders = (tables: readonly TableSchema[]): string[] =>
  namesOf(tables).flatMap((name) => [name, manifestFolder(name), quarantineName(name)]);

/** The folders that the command writes: what it loads, and rollups after that. */
const writtenFolders = (tables: readonly TableSchema[]): string[] => [
  ...loadedFolders(tables),
  ...namesOf(tables).flatMap((name) => [rollupFolders(name), rollupStates(name)]),
];

interface RoleOfPolicy {
  readonly description: string;
  readonly statements: RoleStatements;
}

const ofFunction = (name: StreamFunction): RoleOfPolicy => ({
  description: `is the role of the function ${name}: it ${functionWords(name)}`,
  statements: (tables, target) => functionStatements(target, namesOf(tables), name),
});

/** What each role does, and the permissions that it needs for that. */
export const roles: { readonly [Role in PolicyRole]: RoleOfPolicy } = {
  analyst: {
    description: 'queries the clean events on Athena; it reads neither raw files nor the quarantine',
    statements: (tables, target, options) => [
      ...queryStatements(target, tables, {
        ...options,
        rollups: true,
        about: `Tables of clean events: ${namesOf(tables).join(', ')}`,
      }),
      {
        Sid: 'SeeWorkgroups',
        Effect: 'Allow',
        Action: ['athena:ListWorkGroups'],
        Resource: ['*'],
        reason:
          'On *: Athena has no resource for its list of workgroups, which the first page of the console shows',
      },
    ],
  },
  crawler: {
    description:
      'is the role of crawlers of what lands: it reads raw files and writes its own database, and no published table',
    statements(tables, target, { landing = crawledPlaces(tables, target), crawlerDatabase }) {
      const places = tables.map(({ name }) => crawlerPlace(name, target, { database: crawlerDatabase }));
      return [
        ...jobStatements(target, landing),
        ...keyStatements(target),
        ...crawlerStatements(target, landing, places),
      ];
    },
  },
  'dashboard-publisher': {
    description: 'publishes dashboards on QuickSight; it reads no rows',
    statements: (tables, target) => dashboardStatements(namesOf(tables), target),
  },
  databrew: {
    description:
      "is the role of DataBrew's jobs and projects: it reads what lands, and writes what jobs make of it",
    statements(tables, target, { landing }) {
      const places = tables.map(({ name }) => dataBrewPlaces(target, name, {}));
      return databrewStatements(
        target,
        landing ?? places.map((place) => place.landing),
        places.map(({ output }) => output),
      );
    },
  },
  deployer: {
    description:
      "deploys the stack, by the roles of the CDK's bootstrap; publishing and submitting are roles of their own",
    statements: (_, target, { stack = defaultStack(target) }) => deployStatements(target, stack),
  },
  etl: {
    description: 'loads, compacts and replays: it writes the lake, and registers partitions on request',
    statements: (tables, target, { landing = [] }) => [
      ...writeStatements(target, writtenFolders(tables)),
      versionStatement(target),
      ...landingStatements(target, [...landing, ...streamLandings(tables, target)]),
      ...keyStatements(target),
      {
        Sid: 'RegisterPartitions',
        Effect: 'Allow',
        Action: ['glue:GetTable', 'glue:GetPartitions', 'glue:BatchCreatePartition'],
        Resource: glueArns(target, namesOf(tables)),
        reason: `Partitions of ${namesOf(tables).join(', ')}, for engines without projection; Glue also checks the catalog and the database`,
      },
      {
        Sid: 'RegisterRollups',
        Effect: 'Allow',
        Action: ['glue:CreateTable', 'glue:UpdateTable'],
        Resource: glueArns(target, namesOf(tables).map(rollupFolders)),
        reason: 'Tables of rollups, by which Athena and Trino read stored answers',
      },
    ],
  },
  firehose: {
    description:
      'is the role of delivery streams: it reads the stream, and writes the landing folder, not the lake',
    statements: (tables, target, options) =>
      firehoseStatements(
        target,
        namesOf(tables),
        namesOf(tables).map((name) => firehosePlace(name, target, { transform: options.transform })),
      ),
  },
  flink: {
    description:
      'is the role of applications of Flink: it reads its zip and the stream, and writes the streams of the answers',
    statements: (tables, target, { code }) => flinkStatements(target, tables, code),
  },
  'flink-studio': {
    description:
      'is the role of notebooks of Flink Studio: it reads the stream and names in the catalog, and writes nothing',
    statements: (tables, target) => studioStatements(target, tables),
  },
  'live-reader': {
    description: 'shows the live page over the table of live stores; it changes nothing',
    statements: (tables, target) => liveStatements(target, namesOf(tables)),
  },
  producer: {
    description: 'sends events to the stream; it reads none',
    statements: (tables, target) => producerStatements(target, namesOf(tables)),
  },
  publisher: {
    description: 'publishes definitions, as tables and schemas; it reads no rows',
    statements: publisherStatements,
  },
  planner: {
    description:
      'plans what publishing and deploying would change, for a pull request; it changes nothing and reads no rows',
    statements: (tables, target, { stack = defaultStack(target) }) => planStatements(tables, target, stack),
  },
  'spark-job': {
    description: 'is the role of Spark jobs on Glue: it reads what lands and writes the lake',
    statements: (tables, target, { landing = [] }) => [
      ...writeStatements(target, loadedFolders(tables)),
      ...keyStatements(target),
      ...jobStatements(target, landing),
    ],
  },
  submitter: {
    description: 'submits loads to Spark jobs on Glue, watches and cancels them; it reads no rows',
    statements: (tables, target, { jobRole = sparkJobRole(target) }) => [
      ...submitStatements(
        target,
        namesOf(tables).map((name) => sparkJobName(target, name)),
        jobRole,
        {
          jobFolders: namesOf(tables).map(jobsPath),
          manifests: namesOf(tables).map(manifestFolder),
        },
      ),
      ...keyStatements(target),
    ],
  },
  'alerts-function': ofFunction('alerts'),
  'detect-function': ofFunction('detect'),
  'recommend-function': ofFunction('recommend'),
  'relay-function': ofFunction('relay'),
  'reminders-function': ofFunction('reminders'),
  'sessions-function': ofFunction('sessions'),
  'transform-function': ofFunction('transform'),
};

/** The description of every role. */
export const policyRoles = Object.fromEntries(
  Object.entries(roles).map(([role, { description }]) => [role, description]),
) as Readonly<Record<PolicyRole, string>>;
