import type { AwsTarget } from '../../catalog/aws-target.ts';
import { tableLanding } from '../../catalog/landing-folder.ts';
import { layerName, publishedLayers } from '../../catalog/layers/layer-table.ts';
import type { PermissionClass } from '../../catalog/permission-class.ts';
import { publishesTable } from '../../catalog/published-services.ts';
import { queryPlace } from '../../catalog/query-place.ts';
import { readViewName } from '../../catalog/read-view.ts';
import { streamPlace } from '../../catalog/stream-place.ts';
import { HeadwaterError } from '../../errors/headwater-error.ts';
import { jobsPath, manifestFolder } from '../../lake/manifest.ts';
import { quarantineName } from '../../lake/quarantine.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { crawlerPlace } from '../crawler/crawler-place.ts';
import { dataBrewPlaces } from '../databrew/databrew-place.ts';
import { firehosePlace } from '../firehose/firehose-place.ts';
import { sparkJobName, sparkJobRole } from '../spark/spark-job-place.ts';
import { glueArns, registryArns, workgroupArn } from './arns.ts';
import { crawlerStatements } from './crawler-statements.ts';
import { databrewStatements } from './databrew-statements.ts';
import { firehoseStatements } from './firehose-statements.ts';
import { flinkStatements, studioStatements } from './flink-statements.ts';
import { jobStatements, submitStatements } from './job-statements.ts';
import { type DerivedPolicy, policyOf, type ReasonedStatement } from './policy-document.ts';
import { queryStatements } from './query-statements.ts';
import { serviceStatements } from './service-statements.ts';
import { type DataAccess, keyStatements, landingStatements, writeStatements } from './storage-statements.ts';

/** The role that a policy is for. */
export type PolicyRole =
  | 'analyst'
  | 'crawler'
  | 'databrew'
  | 'etl'
  | 'firehose'
  | 'flink'
  | 'flink-studio'
  | 'publisher'
  | 'spark-job'
  | 'submitter';

const namesOf = (tables: readonly TableSchema[]): string[] => tables.map(({ name }) => name);

const list = (names: readonly string[]): string => names.join(', ');

/** Options of a policy for readers. */
export interface ReadPolicyOptions {
  /** Readers who may not see every column: their workgroup, results and views. Lake Formation then gives access to the files. */
  readonly permissionClass?: PermissionClass | undefined;
  /** How Athena reads the files. Defaults to `lake-formation` for a permission class, and to `athena` otherwise. */
  readonly access?: DataAccess | undefined;
}

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
}

/** The views that publishing may make. */
const viewNames = (tables: readonly TableSchema[], { permissionClasses = [] }: AwsTarget): string[] =>
  namesOf(tables).flatMap((name) =>
    [undefined, ...permissionClasses].map((readers) => readViewName(name, readers)),
  );

const layerNames = (tables: readonly TableSchema[], target: AwsTarget): string[] =>
  namesOf(tables).flatMap((name) => publishedLayers(target, name).map((layer) => layerName(name, layer)));

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
const writtenFolders = (tables: readonly TableSchema[]): string[] =>
  namesOf(tables).flatMap((name) => [name, manifestFolder(name), quarantineName(name)]);

const roles: { readonly [Role in PolicyRole]: { description: string; statements: RoleStatements } } = {
  analyst: {
    description: 'queries the clean events on Athena; it reads neither raw files nor the quarantine',
    statements: (tables, target, options) => [
      ...queryStatements(target, tables, {
        ...options,
        about: `Tables of clean events: ${list(namesOf(tables))}`,
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
  etl: {
    description: 'loads, compacts and replays: it writes the lake, and registers partitions on request',
    statements: (tables, target, { landing = [] }) => [
      ...writeStatements(target, writtenFolders(tables)),
      ...landingStatements(target, [...landing, ...streamLandings(tables, target)]),
      ...keyStatements(target),
      {
        Sid: 'RegisterPartitions',
        Effect: 'Allow',
        Action: ['glue:GetTable', 'glue:GetPartitions', 'glue:BatchCreatePartition'],
        Resource: glueArns(target, namesOf(tables)),
        reason: `Partitions of ${list(namesOf(tables))}, for engines without projection; Glue also checks the catalog and the database`,
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
  'spark-job': {
    description: 'is the role of Spark jobs on Glue: it reads what lands and writes the lake',
    statements: (tables, target, { landing = [] }) => [
      ...writeStatements(target, writtenFolders(tables)),
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
  publisher: {
    description: 'publishes definitions, as tables and schemas; it reads no rows',
    statements: (tables, target) => [
      {
        Sid: 'PublishTables',
        Effect: 'Allow',
        Action: [
          'glue:GetDatabase',
          'glue:CreateDatabase',
          'glue:GetTable',
          'glue:GetTableVersions',
          'glue:CreateTable',
          'glue:UpdateTable',
        ],
        Resource: glueArns(target, [...layerNames(tables, target), ...viewNames(tables, target)]),
        reason: `Tables of ${list(namesOf(tables))}, of their layers and views; Glue also checks the catalog and the database of a table`,
      },
      {
        Sid: 'SeeTables',
        Effect: 'Allow',
        Action: ['glue:GetTables'],
        Resource: glueArns(target, ['*']),
        reason: 'Names and locations of tables that others made beside these, which schema drift lists',
      },
      {
        // Of every table: a definition that drops its last renamed column removes its view.
        Sid: 'ReplaceViews',
        Effect: 'Allow',
        Action: ['glue:DeleteTable'],
        Resource: glueArns(target, viewNames(tables, target)),
        reason: 'A view that is no longer needed is removed; it contains no rows',
      },
      {
        Sid: 'PublishSchemas',
        Effect: 'Allow',
        Action: [
          'glue:GetRegistry',
          'glue:CreateRegistry',
          'glue:GetSchema',
          'glue:CreateSchema',
          'glue:UpdateSchema',
          'glue:GetSchemaVersion',
          'glue:GetSchemaByDefinition',
          'glue:RegisterSchemaVersion',
          'glue:DeleteSchemaVersions',
        ],
        Resource: registryArns(target, namesOf(tables)),
        reason: `Schemas of ${list(namesOf(tables))}, and their registry. Only a version that the registry refused is deleted`,
      },
      {
        Sid: 'CheckSchemas',
        Effect: 'Allow',
        Action: ['glue:CheckSchemaVersionValidity'],
        Resource: ['*'],
        reason: 'On *: Glue has no resource for the check of a schema text',
      },
      {
        Sid: 'KeepWorkgroup',
        Effect: 'Allow',
        Action: ['athena:GetWorkGroup', 'athena:CreateWorkGroup', 'athena:UpdateWorkGroup'],
        Resource: [undefined, ...(target.permissionClasses ?? [])].map((readers) =>
          workgroupArn(target, queryPlace(target, readers).workgroup),
        ),
        reason: 'The workgroups of the queries, with the budget as their cutoff',
      },
      ...serviceStatements(tables, target),
    ],
  },
};

/** The description of every role. */
export const policyRoles: { readonly [Role in PolicyRole]: string } = {
  analyst: roles.analyst.description,
  crawler: roles.crawler.description,
  databrew: roles.databrew.description,
  etl: roles.etl.description,
  firehose: roles.firehose.description,
  flink: roles.flink.description,
  'flink-studio': roles['flink-studio'].description,
  publisher: roles.publisher.description,
  'spark-job': roles['spark-job'].description,
  submitter: roles.submitter.description,
};

/**
 * The IAM policy of a role for these tables: only the actions that the role needs, on the resources that it needs them for.
 * The resource is `*` only where a service has no resource for an action.
 *
 * An analyst's policy gives access to the files only to Athena on the analyst's behalf. With `access: 'lake-formation'` it gives none:
 * Lake Formation does, for the columns that it granted. A policy that allows `s3:GetObject` itself goes past it.
 *
 * @throws HeadwaterError `AWS_LIMIT_EXCEEDED` when the tables are too many for one managed policy, `OPTION_INVALID` for no role, a permission
 *   class of a role that is not a reader, or with access past Lake Formation
 * @example deriveIamPolicy([clickstream.schema], target, 'analyst').policy // for `aws iam create-policy --policy-document`
 */
export function deriveIamPolicy(
  tables: readonly TableSchema[],
  target: AwsTarget,
  role: PolicyRole,
  options: PolicyOptions = {},
): DerivedPolicy {
  if (!Object.hasOwn(roles, role))
    throw new HeadwaterError('OPTION_INVALID', {
      option: 'role',
      value: String(role),
      expected: `one of ${Object.keys(roles).join(', ')}`,
    });
  const option = options.permissionClass === undefined ? 'access' : 'permissionClass';
  const value = options[option];
  if (role !== 'analyst' && value !== undefined)
    throw new HeadwaterError('OPTION_INVALID', { option, value, expected: 'the role analyst, or a metric' });
  assertOfRole(role, ['spark-job', 'etl', 'crawler', 'databrew'], 'landing', options.landing?.join());
  assertOfRole(role, ['crawler'], 'crawlerDatabase', options.crawlerDatabase);
  assertOfRole(role, ['submitter'], 'jobRole', options.jobRole);
  assertOfRole(role, ['firehose'], 'transform', options.transform);
  assertOfRole(role, ['flink'], 'code', options.code);
  assertLanding(options.landing ?? []);
  return policyOf(roles[role].statements(tables, target, options));
}

function assertOfRole(
  role: PolicyRole,
  wanted: readonly PolicyRole[],
  option: string,
  value: string | undefined,
): void {
  if (value === undefined || wanted.includes(role)) return;
  throw new HeadwaterError('OPTION_INVALID', { option, value, expected: `the role ${wanted.join(' or ')}` });
}

/** A wildcard or a variable of IAM in a place would allow other places as well. */
function assertLanding(places: readonly string[]): void {
  const wrong = places.find((place) => !/^s3:\/\/[a-z0-9][a-z0-9.-]+[a-z0-9](?:\/[^*?$]*)?$/.test(place));
  if (wrong === undefined) return;
  const expected = 's3://bucket/prefix, without * ? and $';
  throw new HeadwaterError('OPTION_INVALID', { option: 'landing', value: wrong, expected });
}

/** A table that one metric or one query reads, together with its view if it has one. */
export interface ReadReach {
  /** The table of events. */
  readonly table: TableSchema;
  /** Its columns. They appear in the reasons only, because IAM has no permissions on columns; `deriveLakeFormation` has. */
  readonly columns?: readonly string[];
}

/**
 * The IAM policy for one metric or one query on Athena: only its tables and their folders.
 *
 * @param reads every table that the metric or the query reads
 * @example deriveReadPolicy([{ table: clickstream.schema, columns: ['event_time', 'user_id'] }], target)
 */
export function deriveReadPolicy(
  reads: readonly ReadReach[],
  target: AwsTarget,
  options: ReadPolicyOptions = {},
): DerivedPolicy {
  const about = reads.map(({ table, columns }) => `${table.name}${columns ? ` (${list(columns)})` : ''}`);
  return policyOf(
    queryStatements(
      target,
      reads.map(({ table }) => table),
      { ...options, about: `Tables and columns that are read: ${list(about)}` },
    ),
  );
}
