import { z } from 'zod';
import { AwsError } from '../../aws-error.ts';
import { describeStack, summarizeResource } from '../stacks/describe-stack.ts';
import { templateInput } from '../stacks/prepare-description.ts';
import { dependencyOrder } from '../template/dependency-order.ts';
import { templateText, templateValue } from '../template/read-template.ts';
import { parseTemplate } from '../template/template.ts';
import { maybeNamed, named, type StackOperation } from './stack-operation.ts';

/** The operations that read stacks and templates. */
export const stackReads: Readonly<Record<string, StackOperation>> = {
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
  ListExports: (_input, { store }) => ({
    Exports: [...store.exports()].map(([Name, Value]) => ({ Name, Value })),
  }),
};
