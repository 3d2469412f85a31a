import type { ApiCall, ApiResource, CallContext } from '../api-resource.ts';
import { isSame } from '../api-resource.ts';

const logGroup = ({ properties }: CallContext) => ({ logGroupName: properties['LogGroupName'] });

const retention = (operation: 'PutRetentionPolicy' | 'DeleteRetentionPolicy'): ApiCall => ({
  operation,
  isOwn: true,
  when: ({ properties, old }) =>
    (properties['RetentionInDays'] !== undefined) === (operation === 'PutRetentionPolicy') &&
    properties['RetentionInDays'] !== old['RetentionInDays'],
  with: (context) => ({
    ...logGroup(context),
    ...(operation === 'PutRetentionPolicy' ? { retentionInDays: context.properties['RetentionInDays'] } : {}),
  }),
  uses: ['RetentionInDays'],
});

const alarmName = ({ properties }: CallContext) => ({ AlarmNames: [properties['AlarmName']] });

const dashboard: ApiCall = { operation: 'PutDashboard' };

const detector = ({ properties }: CallContext) => {
  const { Configuration: _setting, ...subject } = properties;
  return subject;
};

/** Log groups, alarms and dashboards. */
export const watchTypes: Readonly<Record<string, ApiResource>> = {
  'AWS::Logs::LogGroup': {
    service: 'logs',
    name: 'LogGroupName',
    attributes: ({ region, account, id }) => ({ Arn: `arn:aws:logs:${region}:${account}:log-group:${id}:*` }),
    exists: {
      operation: 'ListTagsLogGroup',
      isOwn: true,
      with: logGroup,
    },
    create: [{ operation: 'CreateLogGroup' }, retention('PutRetentionPolicy')],
    update: [
      retention('PutRetentionPolicy'),
      retention('DeleteRetentionPolicy'),
      {
        operation: 'TagLogGroup',
        isOwn: true,
        when: ({ properties, old }) => !isSame(properties['Tags'], old['Tags']),
        with: (context) => ({ ...logGroup(context), tags: context.properties['Tags'] ?? [] }),
        uses: ['Tags'],
      },
    ],
    delete: [{ operation: 'DeleteLogGroup', isOwn: true, with: logGroup }],
  },
  'AWS::Logs::LogStream': {
    service: 'logs',
    name: 'LogStreamName',
    replaces: ['LogGroupName'],
    create: [{ operation: 'CreateLogStream' }],
    delete: [{ operation: 'DeleteLogStream' }],
  },
  'AWS::Logs::MetricFilter': {
    service: 'logs',
    name: 'FilterName',
    replaces: ['LogGroupName'],
    create: [{ operation: 'PutMetricFilter' }],
    update: [{ operation: 'PutMetricFilter' }],
    delete: [
      {
        operation: 'DeleteMetricFilter',
        isOwn: true,
        with: (context) => ({ ...logGroup(context), filterName: context.id }),
      },
    ],
  },
  'AWS::CloudWatch::Alarm': {
    service: 'cloudwatch',
    name: 'AlarmName',
    attributes: ({ region, account, id }) => ({ Arn: `arn:aws:cloudwatch:${region}:${account}:alarm:${id}` }),
    exists: { operation: 'DescribeAlarms', isOwn: true, with: alarmName, member: 'MetricAlarms' },
    create: [{ operation: 'PutMetricAlarm' }],
    update: [{ operation: 'PutMetricAlarm' }],
    delete: [{ operation: 'DeleteAlarms', isOwn: true, with: alarmName }],
  },
  'AWS::CloudWatch::AnomalyDetector': {
    service: 'cloudwatch',
    replaces: [
      'Namespace',
      'MetricName',
      'Dimensions',
      'Stat',
      'SingleMetricAnomalyDetector',
      'MetricMathAnomalyDetector',
    ],
    attributes: ({ id }) => ({ Id: id }),
    create: [{ operation: 'PutAnomalyDetector' }],
    update: [{ operation: 'PutAnomalyDetector' }],
    delete: [{ operation: 'DeleteAnomalyDetector', isOwn: true, with: detector }],
  },
  'AWS::CloudWatch::Dashboard': {
    service: 'cloudwatch',
    name: 'DashboardName',
    exists: {
      operation: 'GetDashboard',
      isOwn: true,
      with: ({ properties }) => ({ DashboardName: properties['DashboardName'] }),
    },
    create: [dashboard],
    update: [dashboard],
    delete: [{ operation: 'DeleteDashboards', isOwn: true, with: ({ id }) => ({ DashboardNames: [id] }) }],
  },
};
