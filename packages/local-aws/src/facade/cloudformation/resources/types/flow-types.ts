import { at } from '../../../../rules/aws-rule.ts';
import type { ApiCall, ApiResource, CallContext } from '../api-resource.ts';
import { isSame } from '../api-resource.ts';
import { listOf, without } from './values.ts';

const named = ({ id }: CallContext) => ({ Name: id });

const bus = ({ properties }: CallContext) =>
  properties['EventBusName'] === undefined ? {} : { EventBusName: properties['EventBusName'] };

const putTargets: ApiCall = {
  operation: 'PutTargets',
  isOwn: true,
  when: ({ properties }) => listOf(properties['Targets']).length > 0,
  with: (context) => ({
    Rule: context.properties['Name'],
    ...bus(context),
    Targets: context.properties['Targets'],
  }),
  uses: ['Targets'],
};

const targetIds = (targets: unknown): string[] => listOf(targets).map((target) => String(at(target, 'Id')));

const removeTargets = (ids: (context: CallContext) => readonly string[]): ApiCall => ({
  operation: 'RemoveTargets',
  isOwn: true,
  when: (context) => ids(context).length > 0,
  with: (context) => ({ Rule: context.id, ...bus(context), Ids: ids(context) }),
});

/** The definition of a state machine, which a template gives as a text with substitutions or as an object. */
function definition({ properties }: CallContext): string {
  const given = properties['DefinitionString'] ?? JSON.stringify(properties['Definition']);
  const substitutions = Object.entries(Object(properties['DefinitionSubstitutions']));
  return substitutions.reduce(
    (text, [name, value]) => text.replaceAll(`\${${name}}`, String(value)),
    String(given),
  );
}

const machineUses = [
  'DefinitionString',
  'Definition',
  'DefinitionSubstitutions',
  'StateMachineName',
  'StateMachineType',
];

/** What runs at a time or when something happens: rules, schedules, pipes, state machines. */
export const flowTypes: Readonly<Record<string, ApiResource>> = {
  'AWS::Events::Rule': {
    service: 'events',
    name: 'Name',
    replaces: ['EventBusName'],
    attributes: ({ region, account, id }) => ({
      Arn: `arn:aws:events:${region}:${account}:rule/${id}`,
      RuleName: id,
    }),
    exists: {
      operation: 'DescribeRule',
      isOwn: true,
      with: (context) => ({ Name: context.properties['Name'], ...bus(context) }),
    },
    create: [{ operation: 'PutRule' }, putTargets],
    update: [
      { operation: 'PutRule' },
      removeTargets(({ properties, old }) =>
        without(targetIds(old['Targets']), targetIds(properties['Targets'])),
      ),
      putTargets,
    ],
    delete: [
      removeTargets(({ properties }) => targetIds(properties['Targets'])),
      { operation: 'DeleteRule', isOwn: true, with: (context) => ({ ...named(context), ...bus(context) }) },
    ],
  },
  'AWS::Scheduler::ScheduleGroup': {
    service: 'scheduler',
    name: 'Name',
    attributes: ({ region, account, id }) => ({
      Arn: `arn:aws:scheduler:${region}:${account}:schedule-group/${id}`,
    }),
    create: [{ operation: 'CreateScheduleGroup' }],
    delete: [{ operation: 'DeleteScheduleGroup', isOwn: true, with: named }],
  },
  'AWS::Scheduler::Schedule': {
    service: 'scheduler',
    name: 'Name',
    replaces: ['GroupName'],
    attributes: ({ region, account, id, properties }) => ({
      Arn: `arn:aws:scheduler:${region}:${account}:schedule/${properties['GroupName'] ?? 'default'}/${id}`,
    }),
    create: [{ operation: 'CreateSchedule' }],
    update: [{ operation: 'UpdateSchedule' }],
    delete: [
      {
        operation: 'DeleteSchedule',
        isOwn: true,
        with: ({ id, properties }) => ({ Name: id, GroupName: properties['GroupName'] }),
      },
    ],
  },
  'AWS::Pipes::Pipe': {
    service: 'pipes',
    name: 'Name',
    replaces: ['Source'],
    attributes: ({ region, account, id }) => ({ Arn: `arn:aws:pipes:${region}:${account}:pipe/${id}` }),
    create: [{ operation: 'CreatePipe' }],
    delete: [{ operation: 'DeletePipe', isOwn: true, with: named }],
  },
  'AWS::StepFunctions::StateMachine': {
    service: 'stepfunctions',
    name: 'StateMachineName',
    replaces: ['StateMachineType'],
    id: ({ region, account, properties }) =>
      `arn:aws:states:${region}:${account}:stateMachine:${properties['StateMachineName']}`,
    attributes: ({ id, properties }) => ({ Arn: id, Name: String(properties['StateMachineName']) }),
    create: [
      {
        operation: 'CreateStateMachine',
        with: (context) => ({
          name: context.properties['StateMachineName'],
          definition: definition(context),
          type: context.properties['StateMachineType'],
        }),
        uses: machineUses,
      },
    ],
    update: [
      {
        operation: 'UpdateStateMachine',
        with: (context) => ({ stateMachineArn: context.id, definition: definition(context) }),
        uses: machineUses,
      },
      {
        operation: 'TagResource',
        isOwn: true,
        when: ({ properties, old }) => !isSame(properties['Tags'], old['Tags']),
        with: ({ id, properties }) => ({ resourceArn: id, tags: properties['Tags'] ?? [] }),
        uses: ['Tags'],
      },
    ],
    delete: [{ operation: 'DeleteStateMachine', isOwn: true, with: ({ id }) => ({ stateMachineArn: id }) }],
  },
};
