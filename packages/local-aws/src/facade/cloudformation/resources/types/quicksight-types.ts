import { at } from '../../../../rules/aws-rule.ts';
import type { ApiResource, CallContext } from '../api-resource.ts';

/** A type of asset: its id property, and the word of its operations. */
function asset(word: string, path: string, more: Partial<ApiResource> = {}): ApiResource {
  const key = `${word}Id`;
  const owned = ({ properties, account }: CallContext) => ({
    AwsAccountId: properties['AwsAccountId'] ?? account,
    [key]: properties[key],
  });
  return {
    service: 'quicksight',
    replaces: ['AwsAccountId', key],
    id: ({ properties }) => `${properties['AwsAccountId']}|${properties[key]}`,
    attributes: (context) => ({
      Arn: `arn:aws:quicksight:${context.region}:${context.account}:${path}/${context.properties[key]}`,
    }),
    create: [{ operation: `Create${word}`, with: owned }],
    update: [
      { operation: `Update${word}`, with: owned },
      {
        operation: 'TagResource',
        isOwn: true,
        with: ({ region, account, properties }) => ({
          ResourceArn: `arn:aws:quicksight:${region}:${account}:${path}/${properties[key]}`,
          Tags: properties['Tags'],
        }),
        when: ({ properties }) => properties['Tags'] !== undefined,
        uses: ['Tags'],
      },
    ],
    delete: [{ operation: `Delete${word}`, isOwn: true, with: owned }],
    ...more,
  };
}

const dataSet = ({ properties, account }: CallContext) => ({
  AwsAccountId: properties['AwsAccountId'] ?? account,
  DataSetId: properties['DataSetId'],
});

/** QuickSight: data, dashboards and the times at which data is read anew. */
export const quicksightTypes: Readonly<Record<string, ApiResource>> = {
  'AWS::QuickSight::DataSource': asset('DataSource', 'datasource', {
    replaces: ['AwsAccountId', 'DataSourceId', 'Type'],
  }),
  'AWS::QuickSight::DataSet': asset('DataSet', 'dataset'),
  'AWS::QuickSight::Theme': asset('Theme', 'theme'),
  'AWS::QuickSight::Analysis': asset('Analysis', 'analysis'),
  'AWS::QuickSight::Dashboard': asset('Dashboard', 'dashboard', {
    update: [
      { operation: 'UpdateDashboard' },
      {
        operation: 'UpdateDashboardPublishedVersion',
        isOwn: true,
        with: ({ properties, answer }) => ({
          AwsAccountId: properties['AwsAccountId'],
          DashboardId: properties['DashboardId'],
          VersionNumber: Number(String(answer['VersionArn']).split('/').at(-1)),
        }),
      },
    ],
  }),
  'AWS::QuickSight::RefreshSchedule': {
    service: 'quicksight',
    replaces: ['AwsAccountId', 'DataSetId'],
    id: ({ properties }) => `${properties['DataSetId']}|${at(properties, 'Schedule', 'ScheduleId')}`,
    create: [{ operation: 'CreateRefreshSchedule' }],
    update: [{ operation: 'UpdateRefreshSchedule' }],
    delete: [
      {
        operation: 'DeleteRefreshSchedule',
        isOwn: true,
        with: (context) => ({
          ...dataSet(context),
          ScheduleId: at(context.properties, 'Schedule', 'ScheduleId'),
        }),
      },
    ],
  },
};
