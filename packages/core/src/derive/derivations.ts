import { z } from 'zod';
import { tableLayers } from '../catalog/layers/layer-table.ts';
import { byteSize } from '../options/byte-size.ts';
import { deriveArrowSchema } from './arrow/arrow-schema.ts';
import { deriveAthenaDdl } from './athena/athena-ddl.ts';
import { deriveAthenaWorkgroup } from './athena/athena-workgroup.ts';
import {
  alarmsDerivation,
  loadAlarmsDerivation,
  queryAlarmsDerivation,
} from './cloudwatch/alarms-derivation.ts';
import { cloudwatchDashboardDerivation } from './cloudwatch/dashboard-derivation.ts';
import { crawlerDerivation } from './crawler/crawler-derivation.ts';
import { dataQualityDerivation } from './data-quality/data-quality-derivation.ts';
import {
  dataBrewDatasetDerivation,
  dataBrewJobDerivation,
  dataBrewProjectDerivation,
  dataBrewRulesetDerivation,
  dataBrewScheduleDerivation,
} from './databrew/databrew-derivations.ts';
import { dataBrewRecipeDerivation } from './databrew/recipe-derivation.ts';
import { type Derivation, defineDerivation, jsonText, permissionClassOption } from './derivation.ts';
import { deriveDataDictionary } from './docs/data-dictionary.ts';
import { deriveDuckdbDdl } from './duckdb/duckdb-ddl.ts';
import { firehoseDerivation } from './firehose/firehose-derivation.ts';
import {
  flinkJobDerivation,
  flinkNotebookDerivation,
  flinkTableDerivation,
} from './flink/flink-derivations.ts';
import { githubRolesDerivation } from './github/github-roles-derivation.ts';
import { deriveGlueSchema } from './glue/glue-schema.ts';
import { deriveGlueTable } from './glue/glue-table.ts';
import { deriveGlueView } from './glue/glue-view.ts';
import { derivePartitionProjection } from './glue/partition-projection.ts';
import { iamPolicyDerivation } from './iam/iam-policy-derivation.ts';
import { deriveJsonSchema } from './json/json-schema.ts';
import { deriveLakeFormation } from './lake-formation/lake-formation.ts';
import { loadPipelineDerivation, stateMachineDerivation } from './load-pipeline/load-pipeline-derivation.ts';
import { deriveParquetjsSchema } from './parquetjs/parquetjs-schema.ts';
import { postgresTableDerivation } from './postgres/postgres-derivation.ts';
import { redshiftTableDerivation } from './redshift/redshift-derivation.ts';
import { deriveS3Lifecycle, lifecycleBuckets } from './s3/s3-lifecycle.ts';
import { sparkJobDerivation } from './spark/spark-job-derivation.ts';
import { deriveTrinoDdl } from './trino/trino-ddl.ts';

const none = z.object({});

const layer = z.enum(tableLayers);
const oneLayer = z.object({
  layer: layer.default('curated').describe('Layer of the table. curated has the clean events'),
});
const layerExamples: Derivation['examples'] = [
  ['', 'The first table of the config'],
  ['--layer quarantine', 'The table of rejected rows'],
];

/**
 * Everything that can be derived from a definition, by name.
 *
 * @example derivations['duckdb-ddl'].derive({ schema: clickstream.schema }, {}).text // 'CREATE TABLE "clickstream" (...'
 */
export const derivations = {
  'json-schema': defineDerivation({
    description: 'JSON Schema (draft 2020-12) of a clean row',
    needs: 'schema',
    options: none,
    derive: ({ schema }) => jsonText(deriveJsonSchema(schema)),
  }),
  'duckdb-ddl': defineDerivation({
    description: 'CREATE TABLE and COMMENT ON statements for DuckDB',
    needs: 'schema',
    options: none,
    derive: ({ schema }) => ({ text: deriveDuckdbDdl(schema) }),
  }),
  'arrow-schema': defineDerivation({
    description: "Arrow schema in Arrow's JSON form",
    needs: 'schema',
    options: none,
    derive: ({ schema }) => jsonText(deriveArrowSchema(schema)),
  }),
  'parquetjs-schema': defineDerivation({
    description: 'ParquetSchema of parquetjs, for services that write landing files, as JSON',
    details:
      'Its types round nothing: write decimals and 64-bit integers as String(value), timestamps as a Date. headwater etl run loads such files exactly.',
    needs: 'schema',
    options: none,
    derive: ({ schema }) => jsonText(deriveParquetjsSchema(schema)),
  }),
  'data-dictionary': defineDerivation({
    description: 'Markdown page for people: columns, cleaning rules, roles, layout',
    needs: 'schema',
    options: none,
    derive: ({ schema }) => ({ text: deriveDataDictionary(schema) }),
  }),
  'postgres-table': postgresTableDerivation,
  'glue-table': defineDerivation({
    description: 'Input of Glue CreateTable, with projected partitions',
    needs: 'target',
    options: oneLayer,
    command: 'aws glue create-table --cli-input-json',
    examples: layerExamples,
    derive: ({ schema, target }, options) =>
      jsonText({ DatabaseName: target.database, TableInput: deriveGlueTable(schema, target, options) }),
  }),
  'glue-view': defineDerivation({
    description: 'Input of Glue CreateTable: the view that reads renamed columns and defaults',
    needs: 'target',
    options: z.object({ permissionClass: permissionClassOption }),
    command: 'aws glue create-table --cli-input-json',
    examples: [
      ['', 'The first table of the config. A table without renamed columns and defaults needs no view'],
    ],
    derive: ({ schema, target }, { permissionClass: readers }) =>
      jsonText({ DatabaseName: target.database, TableInput: deriveGlueView(schema, target, readers) }),
  }),
  'partition-projection': defineDerivation({
    description: 'Table parameters of partition projection, checked by the rules of Athena',
    needs: 'target',
    options: none,
    derive: ({ schema, target }) => jsonText(derivePartitionProjection(schema, target)),
  }),
  'athena-ddl': defineDerivation({
    description: 'CREATE EXTERNAL TABLE for Athena',
    needs: 'target',
    options: oneLayer,
    examples: layerExamples,
    derive: ({ schema, target }, options) => ({ text: deriveAthenaDdl(schema, target, options) }),
  }),
  'trino-ddl': defineDerivation({
    description: 'CREATE TABLE for the Hive connector of Trino',
    needs: 'target',
    options: oneLayer,
    examples: layerExamples,
    derive: ({ schema, target }, options) => ({ text: deriveTrinoDdl(schema, target, options) }),
  }),
  'redshift-table': redshiftTableDerivation,
  'glue-schema': defineDerivation({
    description: 'Input of Glue CreateSchema: JSON Schema (draft-07) for the Schema Registry',
    needs: 'target',
    options: none,
    command: 'aws glue create-schema --cli-input-json',
    derive: ({ schema, target }) => jsonText(deriveGlueSchema(schema, target)),
  }),
  'lake-formation': defineDerivation({
    description: 'Lake Formation calls that restrict columns by their PII classes, one input for each call',
    details:
      'In order: tags or data filters, grants, the registration of the location, and the revocation of the rights that everybody has ' +
      'by default. Nothing is restricted before the last call.',
    needs: 'target',
    options: z.object({
      layer: layer.optional().describe('Only this layer of the table (default: curated and quarantine)'),
      by: z
        .enum(['tags', 'filters'])
        .default('tags')
        .describe('How readers get columns. Lake Formation adds the two up, so use one'),
      reader: z.string().optional().describe('ARN of a role that reads the clean events'),
      permissionClass: permissionClassOption.describe('What the reader may see (default: every column)'),
      publisher: z.string().optional().describe('ARN of the role that publishes'),
    }),
    examples: [
      ['', 'Tags of the first table of the config'],
      ['--by filters --reader ARN --permission-class no_pii', 'For a role that sees no personal data'],
    ],
    derive: ({ schema, target }, { layer: only, by, reader, permissionClass: readers, publisher }) =>
      jsonText(
        deriveLakeFormation(schema, target, {
          layers: only && [only],
          by,
          readers: reader === undefined ? [] : [{ principal: reader, permissionClass: readers }],
          publishers: publisher === undefined ? [] : [publisher],
        }),
      ),
  }),
  'athena-workgroup': defineDerivation({
    description: "Input of Athena CreateWorkGroup, with the config's maxScan as its limit",
    needs: 'target',
    options: z.object({
      maxScan: z
        .string()
        .optional()
        .describe("Maximum bytes that one query may read, such as 5GB (default: the config's maxScan)"),
      permissionClass: permissionClassOption,
    }),
    command: 'aws athena create-work-group --cli-input-json',
    derive: ({ target }, { maxScan, permissionClass: readers }) => {
      const cutoff = maxScan === undefined ? undefined : byteSize('maxScan', maxScan);
      return jsonText(deriveAthenaWorkgroup(target, cutoff, readers));
    },
  }),
  's3-lifecycle': defineDerivation({
    description:
      'Input of S3 PutBucketLifecycleConfiguration: results of queries and old versions of staging expire, open uploads end',
    details:
      'It covers every table of the config, or the one of --table. Data files and manifests never expire. The call replaces every rule of ' +
      'the bucket: add its other rules first.',
    needs: 'tables',
    options: z.object({
      bucket: z
        .enum(lifecycleBuckets)
        .default('lake')
        .describe('Bucket, where the lake and the results have one each'),
      resultDays: z.coerce
        .number()
        .int()
        .positive()
        .default(7)
        .describe('Days that results of queries are kept'),
      uploadDays: z.coerce
        .number()
        .int()
        .positive()
        .default(7)
        .describe('Days after which an upload below the lake that was not completed is aborted'),
    }),
    command: 'aws s3api put-bucket-lifecycle-configuration --cli-input-json',
    examples: [
      ['--bucket results', 'For results in a bucket of their own'],
      ['', 'For the bucket of the lake, and of the results if they are there'],
    ],
    derive: ({ target, tables }, options) => jsonText(deriveS3Lifecycle(tables, target, options)),
  }),
  'spark-job': sparkJobDerivation,
  crawler: crawlerDerivation,
  'data-quality': dataQualityDerivation,
  firehose: firehoseDerivation,
  'flink-table': flinkTableDerivation,
  'flink-job': flinkJobDerivation,
  'flink-notebook': flinkNotebookDerivation,
  alarms: alarmsDerivation,
  'load-alarms': loadAlarmsDerivation,
  'query-alarms': queryAlarmsDerivation,
  'cloudwatch-dashboard': cloudwatchDashboardDerivation,
  'load-pipeline': loadPipelineDerivation,
  'state-machine': stateMachineDerivation,
  'databrew-recipe': dataBrewRecipeDerivation,
  'databrew-dataset': dataBrewDatasetDerivation,
  'databrew-job': dataBrewJobDerivation,
  'databrew-ruleset': dataBrewRulesetDerivation,
  'databrew-schedule': dataBrewScheduleDerivation,
  'databrew-project': dataBrewProjectDerivation,
  'iam-policy': iamPolicyDerivation,
  'github-roles': githubRolesDerivation,
} as const satisfies Readonly<Record<string, Derivation>>;

/** The name of one of {@link derivations}. */
export type DerivationName = keyof typeof derivations;
