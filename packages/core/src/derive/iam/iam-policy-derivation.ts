import { z } from 'zod';
import type { AwsTarget } from '../../catalog/aws-target.ts';
import { HeadwaterError } from '../../errors/headwater-error.ts';
import { hasRole } from '../../table/action-value.ts';
import { sessionColumns } from '../../table/session-rule.ts';
import type { TableSchema } from '../../table/table-schema.ts';
import { defineDerivation, jsonText, type MetricReads, permissionClassOption } from '../derivation.ts';
import { deriveIamPolicy } from './iam-policy.ts';
import type { DerivedPolicy } from './policy-document.ts';
import { type PolicyRole, policyRoles } from './policy-roles.ts';
import { deriveReadPolicy, type ReadPolicyOptions } from './read-policy.ts';

const roles = Object.keys(policyRoles) as PolicyRole[];
const roleWords = Object.entries(policyRoles).map(([role, words]) => `${role} ${words}`);

/** The policy of a role for every table, or of one metric for one table. */
export const iamPolicyDerivation = defineDerivation({
  description: 'IAM policy of a role or of one metric',
  details:
    `It allows what the role or the metric on Athena does, and nothing else. ${roleWords.join('. ')}. ` +
    'The reason for each statement goes to standard error.',
  needs: 'metrics',
  options: z
    .object({
      role: z
        .enum(roles)
        .optional()
        .describe('Role, for every table of the config or for the one of --table'),
      metric: z.string().optional().describe('Metric: the policy allows this one only'),
      permissionClass: permissionClassOption,
      access: z
        .enum(['athena', 'lake-formation'])
        .optional()
        .describe('How Athena gets at the files (default: athena, or lake-formation for a permission class)'),
      landing: z
        .string()
        .optional()
        .describe(
          'Of spark-job, etl, crawler and databrew: where their inputs are, s3://..., with commas between',
        ),
      crawlerDatabase: z
        .string()
        .optional()
        .describe('Of crawler: the database that crawlers write to (default: <database>_landing)'),
      jobRole: z
        .string()
        .optional()
        .describe('Of submitter: ARN of the role that jobs run as (default: headwater-<database>-spark)'),
      transform: z
        .string()
        .optional()
        .describe('Of firehose: ARN of the function that cleans records (default: that of aws.stream)'),
      code: z
        .string()
        .optional()
        .describe('Of flink: the zip, s3://bucket/key.zip (default: <lake>__flink/<table>.zip)'),
      stack: z
        .string()
        .optional()
        .describe('Of planner and deployer: the name of the stack (default: headwater-<database>)'),
    })
    .refine(({ role, metric }) => (role === undefined) !== (metric === undefined), {
      error: `needs --role (${roles.join(', ')}) or --metric`,
    }),
  command: 'aws iam create-policy --policy-name NAME --policy-document',
  examples: [
    ['--role analyst', 'For everyone who runs queries'],
    ['--role analyst --permission-class no_pii', 'For those who see no personal data'],
    ['--role spark-job --landing s3://shop-landing/events', 'For the role of Spark jobs'],
    ['--role crawler --landing s3://shop-landing/clickstream', 'For the role of a crawler'],
    ['--role databrew', "For the role of DataBrew's jobs and projects"],
    ['--role firehose', 'For the role of delivery streams'],
    ['--role flink', 'For the role of applications of Managed Flink'],
    ['--role etl --landing s3://shop-landing/events', 'For loads of raw files that land on S3'],
    ['--metric revenue', 'For a service that runs one metric'],
  ],
  derive(
    { schema, target, tables, metrics },
    { role, metric = '', permissionClass, access, landing, crawlerDatabase, jobRole, transform, code, stack },
  ) {
    const options = { permissionClass, access };
    const { policy, reasons } = role
      ? deriveIamPolicy(tables, target, role, {
          ...options,
          landing: landing?.split(','),
          crawlerDatabase,
          jobRole,
          transform,
          code,
          stack,
        })
      : metricPolicy(metric, metrics, { schema, target, options });
    return { ...jsonText(policy), reasons };
  },
});

function metricPolicy(
  name: string,
  metrics: Readonly<Partial<Record<string, MetricReads>>>,
  { schema, target, options }: { schema: TableSchema; target: AwsTarget; options: ReadPolicyOptions },
): DerivedPolicy {
  const metric = metrics[name];
  if (!metric) throw new HeadwaterError('METRIC_UNKNOWN', { metric: name, known: Object.keys(metrics) });
  const needs = [...new Set(['time' as const, ...metric.roles])];
  const missing = needs.filter((role) => !hasRole(schema, role));
  if (missing.length > 0) throw new HeadwaterError('ROLE_MISSING', { table: schema.name, needs, missing });
  // The amount of an event is then amount x quantity.
  const quantity =
    schema.amountPer === 'unit' && metric.mayRead.includes('amount') ? ['quantity' as const] : [];
  // The products of a purchase are then found in its session's cart.
  const cart = schema.purchaseItems === 'cart' ? (['action', 'session', 'item'] as const) : [];
  const read = new Set([...needs, ...metric.mayRead, ...quantity, ...cart]);
  const ofSession = read.has('session') ? sessionColumns(schema) : [];
  const columns = [...new Set([...[...read].flatMap((role) => schema.roles[role] ?? []), ...ofSession])];
  return deriveReadPolicy([{ table: schema, columns }], target, options);
}
