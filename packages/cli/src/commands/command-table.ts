import type { Command } from '../command-line/command.ts';

/** A command in the list of commands: its summary, and how to load the rest of it. */
export interface CommandEntry {
  readonly summary: string;
  /** @param argv the words after the command's name, for commands whose options depend on them */
  load(argv: readonly string[]): Promise<Command>;
}

/** Every command. This is all that `headwater --help` loads. */
export const commandTable: Readonly<Record<string, CommandEntry>> = {
  demo: {
    summary: 'Simulate a week of a shop, load it, and ask the main questions',
    load: async () => (await import('./demo.ts')).demo,
  },
  init: {
    summary: 'Create a project: a table of events, a config, a package.json',
    load: async () => (await import('./init.ts')).init,
  },
  simulate: {
    summary: 'Write events of simulated shoppers to a file',
    load: async () => (await import('./simulate.ts')).simulate,
  },
  'stream run': {
    summary: 'Stream events through sessions, alerts and an archive, live',
    load: async () => (await import('./stream-run.ts')).streamRun,
  },
  'etl run': {
    summary: 'Load raw files into the lake, and account for every row',
    load: async () => (await import('./etl-run.ts')).etlRun,
  },
  'etl adopt': {
    summary: 'Bring what Firehose has landed into the lake',
    load: async () => (await import('./etl-adopt.ts')).etlAdopt,
  },
  'etl status': {
    summary: 'Show the content and the runs of the lake',
    load: async () => (await import('./etl-status.ts')).etlStatus,
  },
  'etl verify': {
    summary: 'Check every file of the lake against the manifests',
    load: async () => (await import('./etl-verify.ts')).etlVerify,
  },
  'etl quarantine': {
    summary: 'Show the rejected rows, with their reasons',
    load: async () => (await import('./etl-quarantine.ts')).etlQuarantine,
  },
  'etl replay': {
    summary: 'Clean and load the quarantined rows again',
    load: async () => (await import('./etl-replay.ts')).etlReplay,
  },
  'etl compact': {
    summary: 'Rewrite scattered days of the lake as few sorted files',
    load: async () => (await import('./etl-compact.ts')).etlCompact,
  },
  'etl expire': {
    summary: 'Remove days that are older than an age for good',
    load: async () => (await import('./etl-expire.ts')).etlExpire,
  },
  'etl forget': {
    summary: 'Erase the rows of actors from lake, quarantine, caches',
    load: async () => (await import('./etl-forget.ts')).etlForget,
  },
  'etl submit': {
    summary: 'Load objects on S3 with Spark on AWS Glue',
    load: async () => (await import('./etl-submit.ts')).etlSubmit,
  },
  'etl runs': {
    summary: 'List the runs of the Spark job',
    load: async () => (await import('./etl-runs.ts')).etlRuns,
  },
  'etl cancel': {
    summary: 'Stop a run of the Spark job',
    load: async () => (await import('./etl-cancel.ts')).etlCancel,
  },
  'lake sync': {
    summary: 'Copy missing commits between a folder and S3',
    load: async () => (await import('./lake-sync.ts')).lakeSync,
  },
  'lake load': {
    summary: 'Load the lake into a database: PostgreSQL, Aurora',
    load: async () => (await import('./lake-load.ts')).lakeLoad,
  },
  'lake repair': {
    summary: 'List data files again whose manifest was lost',
    load: async () => (await import('./lake-repair.ts')).lakeRepair,
  },
  'lake rollups': {
    summary: 'Show or refresh the stored answers of metrics',
    load: async () => (await import('./lake-rollups.ts')).lakeRollups,
  },
  'lake register-partitions': {
    summary: 'Register partitions in Glue, for engines without projection',
    load: async () => (await import('./lake-register-partitions.ts')).lakeRegisterPartitions,
  },
  query: {
    summary: 'Compute a metric: visitors, revenue, abandoned carts, ...',
    load: async (argv) => (await import('./query.ts')).queryFor(argv),
  },
  sql: {
    summary: 'Run one SELECT over the lake',
    load: async () => (await import('./sql.ts')).sqlCommand,
  },
  dashboard: {
    summary: 'Serve figures and charts of the store, or write a report',
    load: async () => (await import('./dashboard.ts')).dashboard,
  },
  'dashboard publish': {
    summary: 'Publish the dashboard on Amazon QuickSight',
    load: async () => (await import('./dashboard-publish.ts')).dashboardPublish,
  },
  mcp: {
    summary: 'Serve the metrics to agents, by the Model Context Protocol',
    load: async () => (await import('./mcp.ts')).mcp,
  },
  detect: {
    summary: 'Find bots, floods and anomalies in the rows of the lake',
    load: async () => (await import('./detect.ts')).detect,
  },
  derive: {
    summary: 'Derive DDL, JSON Schema, policies, ... from a definition',
    load: async (argv) => (await import('./derive.ts')).deriveFor(argv),
  },
  'schema show': {
    summary: 'Show the columns, roles and cleaning of a table',
    load: async () => (await import('./schema-show.ts')).schemaShow,
  },
  'schema diff': {
    summary: 'Compare the definition with the latest version',
    load: async () => (await import('./schema-diff.ts')).schemaDiff,
  },
  'schema check': {
    summary: 'Fail on breaking changes, for continuous integration',
    load: async () => (await import('./schema-check.ts')).schemaCheck,
  },
  'schema save': {
    summary: 'Save the definition as a version, without AWS',
    load: async () => (await import('./schema-save.ts')).schemaSave,
  },
  'schema publish': {
    summary: 'Publish the definition to AWS, after showing the plan',
    load: async () => (await import('./schema-publish.ts')).schemaPublish,
  },
  'schema drift': {
    summary: 'Show what others changed in Glue since it was published',
    load: async () => (await import('./schema-drift.ts')).schemaDrift,
  },
  'schema history': {
    summary: 'List the versions and their changes',
    load: async () => (await import('./schema-history.ts')).schemaHistory,
  },
  'schema rollback': {
    summary: 'Publish an earlier version as a new one',
    load: async () => (await import('./schema-rollback.ts')).schemaRollback,
  },
  'infra synth': {
    summary: 'Write the CloudFormation template of the whole platform',
    load: async () => (await import('./infra-synth.ts')).infraSynth,
  },
  'infra diff': {
    summary: 'Show what a deployment would change in the live stack',
    load: async () => (await import('./infra-diff.ts')).infraDiff,
  },
  'infra deploy': {
    summary: 'Check, plan and deploy the whole platform on AWS',
    load: async () => (await import('./infra-deploy.ts')).infraDeploy,
  },
  'infra destroy': {
    summary: 'Show what deleting the stack deletes, then delete it',
    load: async () => (await import('./infra-destroy.ts')).infraDestroy,
  },
  cost: {
    summary: 'Show what a month cost on AWS, and what the plan would',
    load: async () => (await import('./cost.ts')).cost,
  },
  doctor: {
    summary: 'Check this machine: Node, engine, disk space, config',
    load: async () => (await import('./doctor.ts')).doctor,
  },
  completion: {
    summary: 'Print the completion script for a shell',
    load: async () => (await import('./completion.ts')).completion,
  },
};
