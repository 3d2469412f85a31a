import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { AwsError } from '../aws-error.ts';
import type { ResourcePlace } from './resources/resource-handler.ts';
import type { ChangeOptions } from './stacks/change-options.ts';
import { type ChangeSet, describeChangeSet } from './stacks/change-set.ts';
import { changeStack } from './stacks/change-stack.ts';
import { deleteStack } from './stacks/delete-stack.ts';
import { describeStack, summarizeResource } from './stacks/describe-stack.ts';
import { planChanges, wantedResources } from './stacks/plan-changes.ts';
import { descriptionInput, prepareDescription, templateInput } from './stacks/prepare-description.ts';
import type { Stack, StackDescription, StackResource } from './stacks/stack.ts';
import { setStatus } from './stacks/stack-log.ts';
import { stackScope } from './stacks/stack-scope.ts';
import { account, type StackStore } from './stacks/stack-store.ts';
import { dependencyOrder } from './template/dependency-order.ts';
import { templateText, templateValue } from './template/read-template.ts';
import { parseTemplate } from './template/template.ts';

/** What the operations work on: the stacks of a region. */
export interface StackRegion {
  readonly store: StackStore;
  readonly place: Omit<ResourcePlace, 'generatedName'>;
}

/** An operation of CloudFormation: takes the members of a request and gives those of the answer. */
export type StackOperation = (input: unknown, region: StackRegion) => object | Promise<object>;

const named = z.object({ StackName: z.string() });
const maybeNamed = z.object({ StackName: z.string().optional() });
const token = z.object({ ClientRequestToken: z.string().optional() });
const change = named.extend(descriptionInput.shape).extend(token.shape);
const changeSetName = maybeNamed.extend({ ChangeSetName: z.string() });
const createChangeSet = change.extend({
  ChangeSetName: z.string().regex(/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/),
  ChangeSetType: z.enum(['CREATE', 'UPDATE']).default('UPDATE'),
  Description: z.string().optional(),
  ImportExistingResources: z.string().optional(),
});
const flag = z.literal(['true', 'false']);

/** Stands for what a resource gives that does not exist yet. */
const knownAfterApply = '{{changeSet:KNOWN_AFTER_APPLY}}';

const scopeOf = (
  { store, place }: StackRegion,
  stack: Pick<Stack, 'id' | 'name'>,
  { template, parameters }: StackDescription,
  resources: ReadonlyMap<string, StackResource>,
  later?: string,
) =>
  stackScope({
    template,
    parameters,
    resources,
    region: place.region,
    account,
    stackId: stack.id,
    stackName: stack.name,
    exports: store.exports(),
    ...(later === undefined ? {} : { later }),
  });

/** What a description changes in a stack. @throws AwsError for a template that cannot be evaluated */
function plan(region: StackRegion, stack: Stack, next: StackDescription) {
  const scope = scopeOf(region, stack, next, stack.resources, knownAfterApply);
  dependencyOrder(wantedResources(next.template, scope));
  return planChanges(next.template, stack.resources, scope);
}

const isSameTemplate = (stack: Stack, next: StackDescription): boolean =>
  stack.description !== undefined &&
  JSON.stringify(stack.description.template) === JSON.stringify(next.template) &&
  JSON.stringify(stack.description.tags) === JSON.stringify(next.tags);

/** Begins a change of a stack; it goes on after the answer. */
function begin(
  region: StackRegion,
  stack: Stack,
  next: StackDescription,
  kind: 'CREATE' | 'UPDATE',
  more: { readonly isImporting?: boolean; readonly token?: string | undefined },
): void {
  const options: ChangeOptions = {
    place: region.place,
    scopeOf: (description, resources) => scopeOf(region, stack, description, resources),
    isImporting: more.isImporting ?? false,
    isOwned: (type, id) => region.store.owns(type, id),
    token: more.token,
  };
  stack.running = changeStack(stack, next, kind, options);
}

function assertSettled({ name, status }: Stack): void {
  if (status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS')
    throw new AwsError('ValidationError', `Stack:${name} is in ${status} state and can not be updated.`);
}

function assertUpdatable(stack: Stack): void {
  assertSettled(stack);
  if (['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'DELETE_FAILED', 'CREATE_FAILED'].includes(stack.status))
    throw new AwsError(
      'ValidationError',
      `Stack:${stack.name} is in ${stack.status} state and can not be updated.`,
    );
}

/**
 * The operations of CloudFormation that the stand-in has. Changes run after the answer; DescribeStacks says how far they are.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Operations.html
 */
export const stackOperations: Readonly<Record<string, StackOperation>> = {
  async CreateStack(input, region) {
    const request = change.extend({ EnableTerminationProtection: flag.optional() }).parse(input);
    const next = await prepareDescription(region.place, request);
    const stack = region.store.add(request.StackName);
    try {
      plan(region, stack, next);
    } catch (error) {
      stack.deleted = new Date();
      throw error;
    }
    stack.isProtected = request.EnableTerminationProtection === 'true';
    begin(region, stack, next, 'CREATE', { token: request.ClientRequestToken });
    return { StackId: stack.id };
  },
  async UpdateStack(input, region) {
    const request = change.parse(input);
    const stack = region.store.get(request.StackName);
    assertUpdatable(stack);
    const next = await prepareDescription(region.place, request, stack);
    if (plan(region, stack, next).length === 0 && isSameTemplate(stack, next))
      throw new AwsError('ValidationError', 'No updates are to be performed.');
    begin(region, stack, next, 'UPDATE', { token: request.ClientRequestToken });
    return { StackId: stack.id };
  },
  DeleteStack(input, { store, place }) {
    const { StackName, RetainResources, ClientRequestToken } = named
      .extend(token.shape)
      .extend({ RetainResources: z.array(z.string()).default([]) })
      .parse(input);
    const stack = store.find(StackName);
    if (stack === undefined || stack.deleted !== undefined) return {};
    if (stack.isProtected)
      throw new AwsError(
        'ValidationError',
        `Stack [${stack.name}] cannot be deleted while TerminationProtection is enabled`,
      );
    assertSettled(stack);
    store.removeChangeSets((changeSet) => changeSet.stack === stack);
    stack.running = deleteStack(stack, RetainResources, { place, token: ClientRequestToken });
    return {};
  },
  async CreateChangeSet(input, region) {
    const request = createChangeSet.parse(input);
    const { store } = region;
    const isNew = request.ChangeSetType === 'CREATE';
    const known = store.find(request.StackName);
    if (isNew && known !== undefined && known.status !== 'REVIEW_IN_PROGRESS')
      throw new AwsError(
        'ValidationError',
        `Stack [${known.name}] already exists and cannot be created again with the changeSet [${request.ChangeSetName}].`,
      );
    const next = await prepareDescription(region.place, request, known);
    const stack = isNew ? (known ?? store.add(request.StackName)) : store.get(request.StackName);
    if (isNew && known === undefined) setStatus(stack, 'REVIEW_IN_PROGRESS', undefined);
    if (!isNew) assertUpdatable(stack);
    const changes = plan(region, stack, next);
    const changeSet: ChangeSet = {
      id: `arn:aws:cloudformation:${store.region}:${account}:changeSet/${request.ChangeSetName}/${randomUUID()}`,
      name: request.ChangeSetName,
      stack,
      created: new Date(),
      description: request.Description,
      next,
      changes,
      isImporting: request.ImportExistingResources === 'true',
      isExecuted: false,
      ...(changes.length === 0 && isSameTemplate(stack, next)
        ? {
            reason:
              "The submitted information didn't contain changes. Submit different information to create a change set.",
          }
        : {}),
    };
    store.addChangeSet(changeSet);
    return { Id: changeSet.id, StackId: stack.id };
  },
  DescribeChangeSet(input, { store }) {
    const { ChangeSetName, StackName } = changeSetName.parse(input);
    return describeChangeSet(store.changeSet(ChangeSetName, StackName));
  },
  ListChangeSets(input, { store }) {
    const stack = store.get(named.parse(input).StackName);
    return {
      Summaries: store.changeSetsOf(stack).map((one) => ({
        ...describeChangeSet(one),
        Changes: undefined,
        Parameters: undefined,
        Tags: undefined,
      })),
    };
  },
  ExecuteChangeSet(input, region) {
    const request = changeSetName.extend(token.shape).parse(input);
    const changeSet = region.store.changeSet(request.ChangeSetName, request.StackName);
    const { stack, next, isImporting } = changeSet;
    if (changeSet.reason !== undefined || changeSet.isExecuted)
      throw new AwsError(
        'InvalidChangeSetStatus',
        `ChangeSet [${changeSet.id}] cannot be executed in its current status`,
      );
    assertSettled(stack);
    changeSet.isExecuted = true;
    region.store.removeChangeSets((other) => other.stack === stack && other !== changeSet);
    const kind = stack.status === 'REVIEW_IN_PROGRESS' ? 'CREATE' : 'UPDATE';
    begin(region, stack, next, kind, { isImporting, token: request.ClientRequestToken });
    return {};
  },
  DeleteChangeSet(input, { store }) {
    const { ChangeSetName, StackName } = changeSetName.parse(input);
    store.removeChangeSets(
      ({ id, name, stack }) =>
        id === ChangeSetName ||
        (name === ChangeSetName && (stack.name === StackName || stack.id === StackName)),
    );
    return {};
  },
  DescribeStacks(input, { store }) {
    const { StackName } = maybeNamed.parse(input);
    const stacks = StackName === undefined ? store.all() : [store.get(StackName)];
    return { Stacks: stacks.map(describeStack) };
  },
  ListStacks(_input, { store }) {
    return {
      StackSummaries: store.everything().map(({ id, name, created, deleted, status }) => ({
        StackId: id,
        StackName: name,
        CreationTime: created,
        DeletionTime: deleted,
        StackStatus: status,
      })),
    };
  },
  DescribeStackEvents(input, { store }) {
    return { StackEvents: store.get(named.parse(input).StackName).events.toReversed() };
  },
  DescribeStackResources(input, { store }) {
    const { StackName, LogicalResourceId } = named
      .extend({ LogicalResourceId: z.string().optional() })
      .parse(input);
    const stack = store.get(StackName);
    return {
      StackResources: [...stack.resources.values()]
        .filter(({ logicalId }) => LogicalResourceId === undefined || logicalId === LogicalResourceId)
        .map((resource) => ({
          ...summarizeResource(resource),
          StackId: stack.id,
          StackName: stack.name,
          Timestamp: resource.updated,
          LastUpdatedTimestamp: undefined,
        })),
    };
  },
  DescribeStackResource(input, { store }) {
    const { StackName, LogicalResourceId } = named.extend({ LogicalResourceId: z.string() }).parse(input);
    const stack = store.get(StackName);
    const resource = stack.resources.get(LogicalResourceId);
    if (resource === undefined)
      throw new AwsError(
        'ValidationError',
        `Resource ${LogicalResourceId} does not exist for stack ${stack.name}`,
      );
    return {
      StackResourceDetail: { ...summarizeResource(resource), StackId: stack.id, StackName: stack.name },
    };
  },
  ListStackResources(input, { store }) {
    const stack = store.get(named.parse(input).StackName);
    return { StackResourceSummaries: [...stack.resources.values()].map(summarizeResource) };
  },
  GetTemplate(input, { store }) {
    const { StackName, ChangeSetName } = maybeNamed
      .extend({ ChangeSetName: z.string().optional() })
      .parse(input);
    const description =
      ChangeSetName === undefined
        ? store.get(StackName ?? '').description
        : store.changeSet(ChangeSetName, StackName).next;
    return { TemplateBody: description?.templateBody ?? '{}', StagesAvailable: ['Original', 'Processed'] };
  },
  async GetTemplateSummary(input, { store, place }) {
    const { StackName, ...given } = templateInput.extend(maybeNamed.shape).parse(input);
    const text = await templateText(place.s3, given);
    const template =
      text === undefined
        ? store.get(StackName ?? '').description?.template
        : parseTemplate(templateValue(text));
    return {
      Parameters: Object.entries(template?.Parameters ?? {}).map(([ParameterKey, parameter]) => ({
        ParameterKey,
        ParameterType: parameter.Type,
        DefaultValue: parameter.Default,
        NoEcho: false,
      })),
      ResourceTypes: [...new Set(Object.values(template?.Resources ?? {}).map(({ Type }) => Type))],
      Description: template?.Description,
    };
  },
  async ValidateTemplate(input, { place }) {
    const template = parseTemplate(
      templateValue((await templateText(place.s3, templateInput.parse(input))) ?? ''),
    );
    dependencyOrder(template.Resources);
    return {
      Parameters: Object.entries(template.Parameters).map(([ParameterKey, { Default }]) => ({
        ParameterKey,
        DefaultValue: Default,
        NoEcho: false,
      })),
      Description: template.Description,
    };
  },
  UpdateTerminationProtection(input, { store }) {
    const { StackName, EnableTerminationProtection } = named
      .extend({ EnableTerminationProtection: flag })
      .parse(input);
    const stack = store.get(StackName);
    stack.isProtected = EnableTerminationProtection === 'true';
    return { StackId: stack.id };
  },
  ListExports: (_input, { store }) => ({
    Exports: [...store.exports()].map(([Name, Value]) => ({ Name, Value })),
  }),
};
