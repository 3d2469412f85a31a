import type { Command } from './command.ts';

/** One line of the list of commands, and how to get the rest of it. */
export interface CommandEntry {
  readonly summary: string;
  /** @param argv what follows the command's name, for commands whose options depend on it */
  load(argv: readonly string[]): Promise<Command>;
}

/** Every command. This is all that `headwater --help` loads. */
export const commandTable: Readonly<Record<string, CommandEntry>> = {
  demo: {
    summary: 'See it all at once: simulate a week of a shop, load it, ask it',
    load: async () => (await import('../commands/demo.ts')).demo,
  },
  init: {
    summary: 'Start a project: a table of events, a config, a package.json',
    load: async () => (await import('../commands/init.ts')).init,
  },
  simulate: {
    summary: 'Write events of simulated shoppers to a file',
    load: async () => (await import('../commands/simulate.ts')).simulate,
  },
  'etl run': {
    summary: 'Load raw files into the lake: clean, partition, account for every row',
    load: async () => (await import('../commands/etl-run.ts')).etlRun,
  },
  'etl status': {
    summary: 'What the lake holds, and what each run did',
    load: async () => (await import('../commands/etl-status.ts')).etlStatus,
  },
  'etl verify': {
    summary: 'Read every file of the lake and compare it with the manifests',
    load: async () => (await import('../commands/etl-verify.ts')).etlVerify,
  },
  'etl quarantine': {
    summary: 'Show the rows that were refused, and why',
    load: async () => (await import('../commands/etl-quarantine.ts')).etlQuarantine,
  },
  'etl replay': {
    summary: 'Try the quarantined rows again',
    load: async () => (await import('../commands/etl-replay.ts')).etlReplay,
  },
  'etl compact': {
    summary: 'Bring every day of the lake to few, sorted files',
    load: async () => (await import('../commands/etl-compact.ts')).etlCompact,
  },
  'lake sync': {
    summary: 'Copy a lake between a folder and S3, in either direction: only what is missing',
    load: async () => (await import('../commands/lake-sync.ts')).lakeSync,
  },
  'lake register-partitions': {
    summary: 'Register partitions in Glue, for engines that do not honour projection',
    load: async () => (await import('../commands/lake-register-partitions.ts')).lakeRegisterPartitions,
  },
  query: {
    summary: 'Ask the lake for a metric: visitors, revenue, abandoned carts, ...',
    load: async (argv) => (await import('../commands/query.ts')).queryFor(argv),
  },
  sql: {
    summary: 'Run one SELECT over the lake',
    load: async () => (await import('../commands/sql.ts')).sqlCommand,
  },
  derive: {
    summary: "Print what follows from a table's definition: DDL, JSON Schema, ...",
    load: async (argv) => (await import('../commands/derive.ts')).deriveFor(argv),
  },
  'schema show': {
    summary: 'Show the columns, roles and cleaning of a table',
    load: async () => (await import('../commands/schema-show.ts')).schemaShow,
  },
  'schema diff': {
    summary: 'Compare the definition with the published one, and judge every change',
    load: async () => (await import('../commands/schema-diff.ts')).schemaDiff,
  },
  'schema check': {
    summary: 'For CI: exit code 0 when nothing breaks, 1 when something does, 2 when that cannot be told',
    load: async () => (await import('../commands/schema-check.ts')).schemaCheck,
  },
  'schema publish': {
    summary: 'Publish the definition to AWS: show the plan, then carry it out',
    load: async () => (await import('../commands/schema-publish.ts')).schemaPublish,
  },
  'schema history': {
    summary: 'The published versions of a table, and what each changed',
    load: async () => (await import('../commands/schema-history.ts')).schemaHistory,
  },
  'schema rollback': {
    summary: 'Publish an earlier version again, as a new one',
    load: async () => (await import('../commands/schema-rollback.ts')).schemaRollback,
  },
  doctor: {
    summary: 'Check that this machine has what Headwater needs',
    load: async () => (await import('../commands/doctor.ts')).doctor,
  },
  completion: {
    summary: 'Print the completion script of a shell',
    load: async () => (await import('../commands/completion.ts')).completion,
  },
};
