import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { Construct } from 'constructs';
import type { PlatformContext } from '../platform-context.ts';

/** When the budget tells: a share of what is spent, and all of what is forecast for the month. */
const thresholds = [
  { NotificationType: 'ACTUAL', percent: 80 },
  { NotificationType: 'ACTUAL', percent: 100 },
  { NotificationType: 'FORECASTED', percent: 100 },
] as const;

/**
 * The budget of a month, which tells the topic of alarms. It counts the costs with the tag `headwater:database`, which somebody has to
 * activate as a cost allocation tag once for an account (https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/activating-tags.html);
 * until then it counts nothing.
 */
export class MonthlyBudget extends Construct {
  constructor(scope: Construct, id: string, { infra, target, topicArn, topic }: PlatformContext) {
    super(scope, id);
    const budget = new CfnBudget(this, 'Budget', {
      budget: {
        budgetName: `headwater-${target.database}`,
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: infra.monthlyBudget ?? 0, unit: 'USD' },
        // https://docs.aws.amazon.com/cost-management/latest/userguide/budgets-create-filters.html
        costFilters: { TagKeyValue: [`user:headwater:database$${target.database}`] },
      },
      notificationsWithSubscribers: thresholds.map(({ NotificationType, percent }) => ({
        notification: {
          notificationType: NotificationType,
          comparisonOperator: 'GREATER_THAN',
          threshold: percent,
          thresholdType: 'PERCENTAGE',
        },
        subscribers: [{ subscriptionType: 'SNS', address: topicArn }],
      })),
    });
    // Budgets sends a message as it is made, which the policy of the topic has to allow.
    budget.node.addDependency(topic);
  }
}
