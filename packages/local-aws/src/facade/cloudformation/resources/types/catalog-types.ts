import { at } from '../../../../rules/aws-rule.ts';
import type { ApiResource, CallContext } from '../api-resource.ts';

const arn = ({ region, account }: CallContext, path: string): string =>
  `arn:aws:glue:${region}:${account}:${path}`;

const databaseName = ({ properties }: CallContext): string =>
  String(at(properties, 'DatabaseInput', 'Name') ?? properties['DatabaseName']);

const tableInput = ({ properties }: CallContext) => ({
  TableInput: {
    ...Object(properties['TableInput']),
    Name: at(properties, 'TableInput', 'Name') ?? properties['Name'],
  },
});

const tableName = (context: CallContext): string => String(at(tableInput(context), 'TableInput', 'Name'));

/** A registry as the API names it: a template has either its name or its ARN. */
const registryId = (registry: unknown) => ({
  ...(at(registry, 'Name') === undefined ? {} : { RegistryName: at(registry, 'Name') }),
  ...(at(registry, 'Arn') === undefined ? {} : { RegistryArn: at(registry, 'Arn') }),
});

const registryName = ({ properties }: CallContext): string =>
  String(
    at(properties, 'Registry', 'Name') ??
      String(at(properties, 'Registry', 'Arn') ?? 'default-registry')
        .split('/')
        .at(-1),
  );

const crawler = (context: CallContext) => ({
  Schedule: at(context.properties, 'Schedule', 'ScheduleExpression'),
});

const named =
  (member: string) =>
  ({ id }: CallContext) => ({ [member]: id });

/** What an update of a job sets: every property but its name and tags. */
const jobSettings = [
  'Command',
  'Connections',
  'DefaultArguments',
  'Description',
  'ExecutionClass',
  'ExecutionProperty',
  'GlueVersion',
  'JobMode',
  'JobRunQueuingEnabled',
  'LogUri',
  'MaintenanceWindow',
  'MaxCapacity',
  'MaxRetries',
  'NonOverridableArguments',
  'NotificationProperty',
  'NumberOfWorkers',
  'Role',
  'SecurityConfiguration',
  'Timeout',
  'WorkerType',
] as const;

/** Glue: its catalogue, its registry of schemas, its jobs. */
export const catalogTypes: Readonly<Record<string, ApiResource>> = {
  'AWS::Glue::Database': {
    service: 'glue',
    replaces: ['CatalogId', 'DatabaseName'],
    id: databaseName,
    exists: { operation: 'GetDatabase', isOwn: true, with: (context) => ({ Name: databaseName(context) }) },
    create: [
      {
        operation: 'CreateDatabase',
        with: (context) => ({
          DatabaseInput: { ...Object(context.properties['DatabaseInput']), Name: databaseName(context) },
        }),
        uses: ['DatabaseName'],
      },
    ],
    update: [
      {
        operation: 'UpdateDatabase',
        with: (context) => ({
          Name: context.id,
          DatabaseInput: { ...Object(context.properties['DatabaseInput']), Name: databaseName(context) },
        }),
      },
    ],
    delete: [{ operation: 'DeleteDatabase', isOwn: true, with: named('Name') }],
  },
  'AWS::Glue::Table': {
    service: 'glue',
    replaces: ['CatalogId', 'DatabaseName', 'Name'],
    id: tableName,
    exists: {
      operation: 'GetTable',
      isOwn: true,
      with: (context) => ({ DatabaseName: context.properties['DatabaseName'], Name: tableName(context) }),
    },
    create: [{ operation: 'CreateTable', with: tableInput, uses: ['Name'] }],
    update: [{ operation: 'UpdateTable', with: tableInput, uses: ['Name'] }],
    delete: [
      {
        operation: 'DeleteTable',
        isOwn: true,
        with: ({ id, properties }) => ({ DatabaseName: properties['DatabaseName'], Name: id }),
      },
    ],
  },
  'AWS::Glue::Registry': {
    service: 'glue',
    name: 'Name',
    id: (context) => arn(context, `registry/${context.properties['Name']}`),
    attributes: ({ id }) => ({ Arn: id }),
    exists: {
      operation: 'GetRegistry',
      isOwn: true,
      with: ({ properties }) => ({ RegistryId: { RegistryName: properties['Name'] } }),
    },
    create: [
      {
        operation: 'CreateRegistry',
        with: ({ properties }) => ({ RegistryName: properties['Name'] }),
        uses: ['Name'],
      },
    ],
    update: [{ operation: 'UpdateRegistry', with: ({ id }) => ({ RegistryId: { RegistryArn: id } }) }],
    delete: [
      { operation: 'DeleteRegistry', isOwn: true, with: ({ id }) => ({ RegistryId: { RegistryArn: id } }) },
    ],
  },
  'AWS::Glue::Schema': {
    service: 'glue',
    name: 'Name',
    replaces: ['DataFormat', 'SchemaDefinition', 'Registry'],
    id: (context) => arn(context, `schema/${registryName(context)}/${context.properties['Name']}`),
    attributes: ({ id, answer }) => ({ Arn: id, InitialSchemaVersionId: String(answer['SchemaVersionId']) }),
    create: [
      {
        operation: 'CreateSchema',
        with: ({ properties }) => ({
          SchemaName: properties['Name'],
          RegistryId: registryId(properties['Registry']),
        }),
        uses: ['Name', 'Registry'],
      },
    ],
    update: [
      {
        operation: 'UpdateSchema',
        with: ({ id, properties }) => ({
          SchemaId: { SchemaArn: id },
          Compatibility: properties['Compatibility'],
        }),
      },
    ],
    delete: [{ operation: 'DeleteSchema', isOwn: true, with: ({ id }) => ({ SchemaId: { SchemaArn: id } }) }],
  },
  'AWS::Glue::SchemaVersion': {
    service: 'glue',
    replaces: ['Schema', 'SchemaDefinition'],
    id: ({ answer }) => String(answer['SchemaVersionId']),
    attributes: ({ id }) => ({ VersionId: id }),
    create: [
      {
        operation: 'RegisterSchemaVersion',
        with: ({ properties }) => ({ SchemaId: properties['Schema'] }),
        uses: ['Schema'],
      },
    ],
    delete: [],
  },
  'AWS::Glue::Crawler': {
    service: 'glue',
    name: 'Name',
    create: [{ operation: 'CreateCrawler', with: crawler, uses: ['Schedule'] }],
    update: [{ operation: 'UpdateCrawler', with: crawler, uses: ['Schedule'] }],
    delete: [{ operation: 'DeleteCrawler', isOwn: true, with: named('Name') }],
  },
  'AWS::Glue::Job': {
    service: 'glue',
    name: 'Name',
    create: [{ operation: 'CreateJob' }],
    update: [
      {
        operation: 'UpdateJob',
        isOwn: true,
        with: ({ id, properties }) => {
          const { Name: _name, Tags: _tags, ...JobUpdate } = properties;
          return { JobName: id, JobUpdate };
        },
        uses: jobSettings,
      },
    ],
    delete: [{ operation: 'DeleteJob', isOwn: true, with: named('JobName') }],
  },
  'AWS::Glue::Trigger': {
    service: 'glue',
    name: 'Name',
    replaces: ['Type', 'WorkflowName'],
    create: [{ operation: 'CreateTrigger' }],
    delete: [{ operation: 'DeleteTrigger', isOwn: true, with: named('Name') }],
  },
  'AWS::Glue::DataQualityRuleset': {
    service: 'glue',
    name: 'Name',
    create: [{ operation: 'CreateDataQualityRuleset' }],
    update: [{ operation: 'UpdateDataQualityRuleset' }],
    delete: [{ operation: 'DeleteDataQualityRuleset', isOwn: true, with: named('Name') }],
  },
};
