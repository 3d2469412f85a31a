import type { CloudFormationClient, Stack } from '@aws-sdk/client-cloudformation';
import type { StackTemplate } from '../stack/stack-template.ts';

/** A stack as CloudFormation has it. */
export interface LiveStack {
  /** Its ARN: another stack of the same name has another one. */
  readonly id: string;
  /** As CloudFormation names it: `UPDATE_COMPLETE`. */
  readonly status: string;
  readonly template: StackTemplate;
  readonly outputs: Readonly<Record<string, string>>;
}

/** A resource of a live stack. */
export interface LiveResource {
  readonly id: string;
  readonly type: string;
  /** The name that the service knows it by. */
  readonly name: string;
  readonly status: string;
}

/** Whether CloudFormation is at work on a stack. */
export const isAtWork = (status: string): boolean =>
  status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS';

/** A stack whose creation failed has nothing that stays: the toolkit deletes it, and makes it again. */
export const isFailedCreation = ({ status }: Pick<LiveStack, 'status'>): boolean =>
  ['ROLLBACK_COMPLETE', 'ROLLBACK_FAILED', 'CREATE_FAILED'].includes(status);

/** A stack without resources: only a change set was made, or it is gone. */
const isEmpty = (status: string): boolean => ['REVIEW_IN_PROGRESS', 'DELETE_COMPLETE'].includes(status);

/** The description of a stack; undefined where there is none of that name, or one that never got a resource. */
export async function describeStack(client: CloudFormationClient, name: string): Promise<Stack | undefined> {
  const { DescribeStacksCommand } = await import('@aws-sdk/client-cloudformation');
  try {
    const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    return Stacks.find(({ StackStatus = '' }) => !isEmpty(StackStatus));
  } catch (error) {
    if (
      error instanceof Error &&
      error.name === 'ValidationError' &&
      error.message.includes('does not exist')
    )
      return undefined;
    throw error;
  }
}

/** A stack with its template; undefined where there is none of that name. */
export async function liveStack(client: CloudFormationClient, name: string): Promise<LiveStack | undefined> {
  const stack = await describeStack(client, name);
  if (!stack) return undefined;
  const { GetTemplateCommand } = await import('@aws-sdk/client-cloudformation');
  const { TemplateBody = '{}' } = await client.send(
    new GetTemplateCommand({ StackName: name, TemplateStage: 'Original' }),
  );
  return {
    id: stack.StackId ?? name,
    status: stack.StackStatus ?? '',
    template: JSON.parse(TemplateBody),
    outputs: Object.fromEntries(
      (stack.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
    ),
  };
}

/** The resources that a stack has. */
export async function liveResources(client: CloudFormationClient, name: string): Promise<LiveResource[]> {
  const { paginateListStackResources } = await import('@aws-sdk/client-cloudformation');
  const found: LiveResource[] = [];
  for await (const { StackResourceSummaries = [] } of paginateListStackResources(
    { client },
    { StackName: name },
  ))
    for (const {
      LogicalResourceId,
      PhysicalResourceId,
      ResourceType,
      ResourceStatus,
    } of StackResourceSummaries)
      if (LogicalResourceId && ResourceType && ResourceStatus !== 'DELETE_COMPLETE')
        found.push({
          id: LogicalResourceId,
          type: ResourceType,
          name: PhysicalResourceId ?? '',
          status: ResourceStatus ?? '',
        });
  return found;
}
