import {
  type AwsTarget,
  deriveIamPolicy,
  type EventsTable,
  HeadwaterError,
  type PolicyRole,
} from '@headwater/core';
import {
  type DerivedPolicy,
  deriveReadPolicy,
  needsReadView,
  policyRoles,
  readViewName,
} from '@headwater/core/internal';
import { type Metric, metricOf, metrics } from '@headwater/queries';
import { defineCommand } from '../command-line/command.ts';
import { choice } from '../command-line/option.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { awsOf, tableOptions, targetConfig } from '../config/target.ts';

const roles = Object.keys(policyRoles) as PolicyRole[];
const roleWords = Object.entries(policyRoles).map(([role, words]) => `${role} ${words}`);

/** `headwater derive iam-policy` */
export const deriveIamPolicyCommand = defineCommand({
  name: 'derive iam-policy',
  description:
    `The IAM policy of a role, or of one metric on Athena: what it touches, and nothing else. ${roleWords.join('. ')}. ` +
    'Why each statement is there is told on standard error.',
  words: { usage: '', least: 1, most: 1 },
  options: {
    ...tableOptions,
    role: choice('ROLE', roles, 'Who it is for; for every table of the config, or for --table'),
    metric: choice('METRIC', Object.keys(metrics), 'The one metric that it allows'),
  },
  examples: [
    ['derive iam-policy --role analyst > analyst.json', 'For everyone who asks'],
    [
      'derive iam-policy --metric revenue > p.json && aws iam create-policy --policy-name revenue --policy-document file://p.json',
      'For a service that asks one thing',
    ],
  ],
  async run({ options, console }) {
    const { role, metric } = options;
    if ((role === undefined) === (metric === undefined))
      throw new UsageError(`headwater derive iam-policy needs --role (${roles.join(', ')}) or --metric.`);
    const { config, table } = await targetConfig(options);
    const target = awsOf(config);
    const tables = options.table === undefined ? config.tables : [table];
    const { policy, reasons } =
      role === undefined
        ? metricPolicy(metricOf(metric ?? ''), table, target)
        : rolePolicy(role, tables, target);
    if (options.json) {
      await console.json({ target: 'iam-policy', policy, reasons });
    } else {
      await console.write(`${JSON.stringify(policy, null, 2)}\n`);
      for (const [sid, reason] of Object.entries(reasons)) console.note(`${sid}: ${reason}`);
    }
    return true;
  },
});

function rolePolicy(role: PolicyRole, tables: readonly EventsTable[], target: AwsTarget): DerivedPolicy {
  const schemas = tables.map(({ schema }) => schema);
  // Who publishes makes views and takes them away; others read those that are.
  const viewed = role === 'publisher' ? schemas : schemas.filter(needsReadView);
  return deriveIamPolicy(schemas, target, role, { views: viewed.map(({ name }) => readViewName(name)) });
}

function metricPolicy(metric: Metric, { name, schema }: EventsTable, target: AwsTarget): DerivedPolicy {
  const needs = [...new Set(['time' as const, ...metric.roles])];
  const missing = needs.filter((role) => schema.roles[role] === undefined);
  if (missing.length > 0) throw new HeadwaterError('ROLE_MISSING', { table: name, needs, missing });
  const columns = needs.flatMap((role) => schema.roles[role] ?? []);
  const view = needsReadView(schema) ? readViewName(name) : undefined;
  // Which more columns a metric reads may depend on what it is asked.
  return deriveReadPolicy([{ table: schema, view, ...(metric.rolesFor ? {} : { columns }) }], target);
}
