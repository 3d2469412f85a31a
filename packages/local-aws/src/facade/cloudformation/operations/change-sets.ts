import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { AwsError } from '../../aws-error.ts';
import { type ChangeSet, describeChangeSet } from '../stacks/change-set.ts';
import { prepareDescription } from '../stacks/prepare-description.ts';
import { setStatus } from '../stacks/stack-log.ts';
import { account } from '../stacks/stack-store.ts';
import { assertSettled, assertUpdatable, begin, isSameTemplate, planOf } from './begin-change.ts';
import { change, maybeNamed, named, type StackOperation, token } from './stack-operation.ts';

const changeSetName = maybeNamed.extend({ ChangeSetName: z.string() });
const createChangeSet = change.extend({
  ChangeSetName: z.string().regex(/^[a-zA-Z][-a-zA-Z0-9]{0,127}$/),
  ChangeSetType: z.enum(['CREATE', 'UPDATE']).default('UPDATE'),
  Description: z.string().optional(),
  ImportExistingResources: z.string().optional(),
});

/** The operations on change sets. */
export const changeSets: Readonly<Record<string, StackOperation>> = {
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
    const changes = planOf(region, stack, next);
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
};
