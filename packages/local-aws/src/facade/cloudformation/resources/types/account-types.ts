import { at } from '../../../../rules/aws-rule.ts';
import type { ApiResource, CallContext } from '../api-resource.ts';

const budgetName = ({ id, properties }: CallContext): string =>
  String(at(properties, 'Budget', 'BudgetName') ?? id);

const budget = (context: CallContext) => ({
  AccountId: context.account,
  Budget: { ...Object(context.properties['Budget']), BudgetName: budgetName(context) },
});

const repository = ({ properties }: CallContext) => ({ repositoryName: properties['RepositoryName'] });

const parameter = ({ properties }: CallContext) => ({ Name: properties['Name'] });

/** Budgets, parameters, and what CDK's bootstrap makes. */
export const accountTypes: Readonly<Record<string, ApiResource>> = {
  'AWS::Budgets::Budget': {
    service: 'budgets',
    replaces: ['NotificationsWithSubscribers'],
    id: budgetName,
    attributes: ({ id }) => ({ Id: id }),
    create: [{ operation: 'CreateBudget', with: budget }],
    delete: [
      {
        operation: 'DeleteBudget',
        isOwn: true,
        with: ({ id, account }) => ({ AccountId: account, BudgetName: id }),
      },
    ],
  },
  'AWS::SSM::Parameter': {
    service: 'ssm',
    name: 'Name',
    attributes: ({ properties, region, account }) => ({
      Type: String(properties['Type']),
      Value: String(properties['Value']),
      Arn: `arn:aws:ssm:${region}:${account}:parameter/${String(properties['Name']).replace(/^\//, '')}`,
    }),
    exists: { operation: 'GetParameter', isOwn: true, with: parameter },
    create: [{ operation: 'PutParameter' }],
    update: [{ operation: 'PutParameter', with: () => ({ Overwrite: true }) }],
    delete: [{ operation: 'DeleteParameter', isOwn: true, with: parameter }],
  },
  'AWS::ECR::Repository': {
    service: 'ecr',
    name: 'RepositoryName',
    replaces: ['EncryptionConfiguration'],
    attributes: ({ region, account, id }) => ({
      Arn: `arn:aws:ecr:${region}:${account}:repository/${id}`,
      RepositoryUri: `${account}.dkr.ecr.${region}.amazonaws.com/${id}`,
    }),
    exists: {
      operation: 'DescribeRepositories',
      isOwn: true,
      with: ({ properties }) => ({ repositoryNames: [properties['RepositoryName']] }),
    },
    create: [
      { operation: 'CreateRepository' },
      {
        operation: 'SetRepositoryPolicy',
        isOwn: true,
        when: ({ properties }) => properties['RepositoryPolicyText'] !== undefined,
        with: (context) => ({
          ...repository(context),
          policyText: JSON.stringify(context.properties['RepositoryPolicyText']),
        }),
        uses: ['RepositoryPolicyText'],
      },
      {
        operation: 'PutLifecyclePolicy',
        isOwn: true,
        when: ({ properties }) => properties['LifecyclePolicy'] !== undefined,
        with: (context) => ({
          ...repository(context),
          lifecyclePolicyText: at(context.properties, 'LifecyclePolicy', 'LifecyclePolicyText'),
        }),
        uses: ['LifecyclePolicy'],
      },
    ],
    delete: [
      {
        operation: 'DeleteRepository',
        isOwn: true,
        with: (context) => ({
          ...repository(context),
          force: context.properties['EmptyOnDelete'] ?? false,
        }),
      },
    ],
  },
};
