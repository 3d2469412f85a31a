import type { ApiResource, CallContext } from '../api-resource.ts';
import { isSame } from '../api-resource.ts';

const functionArn = ({ region, account }: CallContext, name: string): string =>
  `arn:aws:lambda:${region}:${account}:function:${name}`;

const named = ({ id }: CallContext) => ({ FunctionName: id });

/** The name of a function that is given by its name or its ARN. */
const nameOf = (value: unknown): string => /:function:([^:]+)/.exec(String(value))?.[1] ?? String(value);

const reserve = {
  operation: 'PutFunctionConcurrency',
  isOwn: true,
  when: ({ properties }: CallContext) => properties['ReservedConcurrentExecutions'] !== undefined,
  with: (context: CallContext) => ({
    FunctionName: context.properties['FunctionName'],
    ReservedConcurrentExecutions: context.properties['ReservedConcurrentExecutions'],
  }),
  uses: ['ReservedConcurrentExecutions'],
} as const;

const onFunction = ({ properties }: CallContext) => ({ FunctionName: nameOf(properties['FunctionName']) });

const versionOf = ({ answer }: CallContext): string => String(answer['Version']);

/** Functions of Lambda, what invokes them, and how. */
export const functionTypes: Readonly<Record<string, ApiResource>> = {
  'AWS::Lambda::Function': {
    service: 'lambda',
    name: 'FunctionName',
    replaces: ['PackageType', 'TenancyConfig'],
    attributes: (context) => ({ Arn: functionArn(context, context.id) }),
    create: [{ operation: 'CreateFunction' }, reserve],
    update: [
      {
        operation: 'UpdateFunctionCode',
        isOwn: true,
        when: ({ properties, old }) =>
          !isSame([properties['Code'], properties['Architectures']], [old['Code'], old['Architectures']]),
        with: ({ id, properties }) => ({
          ...Object(properties['Code']),
          FunctionName: id,
          Architectures: properties['Architectures'],
        }),
        uses: ['Code', 'Architectures'],
      },
      { operation: 'UpdateFunctionConfiguration' },
      reserve,
      {
        operation: 'TagResource',
        isOwn: true,
        when: ({ properties, old }) => !isSame(properties['Tags'], old['Tags']),
        with: (context) => ({
          Resource: functionArn(context, context.id),
          Tags: context.properties['Tags'] ?? [],
        }),
        uses: ['Tags'],
      },
    ],
    delete: [{ operation: 'DeleteFunction', isOwn: true, with: named }],
  },
  'AWS::Lambda::EventSourceMapping': {
    service: 'lambda',
    replaces: ['EventSourceArn', 'StartingPosition', 'StartingPositionTimestamp'],
    id: ({ answer }) => String(answer['UUID']),
    attributes: ({ id, answer }) => ({
      Id: id,
      EventSourceMappingArn: String(answer['EventSourceMappingArn']),
    }),
    create: [{ operation: 'CreateEventSourceMapping', with: onFunction }],
    update: [
      {
        operation: 'UpdateEventSourceMapping',
        with: (context) => ({ UUID: context.id, ...onFunction(context) }),
      },
    ],
    delete: [{ operation: 'DeleteEventSourceMapping', isOwn: true, with: ({ id }) => ({ UUID: id }) }],
  },
  'AWS::Lambda::Permission': {
    service: 'lambda',
    replaces: [
      'FunctionName',
      'Action',
      'Principal',
      'SourceArn',
      'SourceAccount',
      'EventSourceToken',
      'PrincipalOrgID',
    ],
    attributes: ({ id }) => ({ Id: id }),
    create: [
      {
        operation: 'AddPermission',
        with: (context) => ({ ...onFunction(context), StatementId: context.id }),
      },
    ],
    delete: [
      {
        operation: 'RemovePermission',
        isOwn: true,
        with: (context) => ({ ...onFunction(context), StatementId: context.id }),
      },
    ],
  },
  'AWS::Lambda::Version': {
    service: 'lambda',
    replaces: ['FunctionName', 'Description', 'CodeSha256', 'ProvisionedConcurrencyConfig', 'RuntimePolicy'],
    id: (context) =>
      `${functionArn(context, nameOf(context.properties['FunctionName']))}:${versionOf(context)}`,
    attributes: (context) => ({ Version: versionOf(context), FunctionArn: context.id }),
    create: [{ operation: 'PublishVersion', with: onFunction }],
    delete: [
      {
        operation: 'DeleteFunction',
        isOwn: true,
        with: (context) => ({ ...onFunction(context), Qualifier: context.id.split(':').at(-1) }),
      },
    ],
  },
  'AWS::Lambda::EventInvokeConfig': {
    service: 'lambda',
    replaces: ['FunctionName', 'Qualifier'],
    id: ({ properties }) => `${nameOf(properties['FunctionName'])}|${properties['Qualifier']}`,
    create: [{ operation: 'PutFunctionEventInvokeConfig', with: unqualified }],
    update: [{ operation: 'PutFunctionEventInvokeConfig', with: unqualified }],
    delete: [
      { operation: 'DeleteFunctionEventInvokeConfig', isOwn: true, with: (context) => unqualified(context) },
    ],
  },
};

/** The emulator keeps one configuration of a function, which is that of $LATEST. */
function unqualified(context: CallContext) {
  return { ...onFunction(context), Qualifier: undefined };
}
