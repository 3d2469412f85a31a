import type { AwsTarget } from '../../catalog/aws-target.ts';
import { layerName, publishedLayers } from '../../catalog/layers/layer-table.ts';
import { queryPlace } from '../../catalog/query-place.ts';
import { readViewName } from '../../catalog/read-view.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { glueArns, registryArns, workgroupArn } from './arns.ts';
import type { ReasonedStatement } from './policy-document.ts';
import { serviceStatements } from './service-statements.ts';

/** The views that publishing may make. */
const viewNames = (tables: readonly string[], { permissionClasses = [] }: AwsTarget): string[] =>
  tables.flatMap((name) => [undefined, ...permissionClasses].map((readers) => readViewName(name, readers)));

const layerNames = (tables: readonly string[], target: AwsTarget): string[] =>
  tables.flatMap((name) => publishedLayers(target, name).map((layer) => layerName(name, layer)));

/** What a publisher may do: make tables, views, schemas and workgroups, and what the services of the config need. It reads no rows. */
export function publisherStatements(tables: readonly TableSchema[], target: AwsTarget): ReasonedStatement[] {
  const names = tables.map(({ name }) => name);
  const listed = names.join(', ');
  return [
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
      Resource: glueArns(target, [...layerNames(names, target), ...viewNames(names, target)]),
      reason: `Tables of ${listed}, of their layers and views; Glue also checks the catalog and the database of a table`,
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
      Resource: glueArns(target, viewNames(names, target)),
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
      Resource: registryArns(target, names),
      reason: `Schemas of ${listed}, and their registry. Only a version that the registry refused is deleted`,
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
  ];
}
