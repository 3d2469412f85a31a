import { isHeadwaterError } from '@headwater/core';
import { loadPostgres, type PostgresLoadReport } from '@headwater/etl';
import { defineCommand } from '../command-line/command.ts';
import { choice, flag, list, text } from '../command-line/option.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { targetTables, upkeepOptions } from '../config/chosen-lake.ts';
import { postgresUrl, postgresVariable } from '../config/postgres-url.ts';
import { givenRoles } from '../lake/given-roles.ts';
import { runOptions } from '../lake/run-options.ts';
import type { Style } from '../output/console.ts';
import { counted, durationText, grouped } from '../output/figures.ts';

/** `headwater lake load` */
export const lakeLoad = defineCommand({
  name: 'lake load',
  description:
    'Makes tables of PostgreSQL, or Aurora, equal to those of the lake. Missing tables and columns are made. Files of the lake that the ' +
    'table lacks are copied; days of which a file left the lake, by a compaction, an expiry, an erasure or a merge, are replaced, each in one ' +
    'transaction. Resumable: what is loaded is recorded in the database itself, in the schema _headwater, so a second load copies nothing. ' +
    'Messages never show the password of the URL.',
  options: {
    to: choice('WAREHOUSE', ['postgres'], 'What the lake is loaded into', { default: 'postgres' }),
    url: text('URL', 'The database: postgres://user@host:5432/database', {
      default: `the config's postgres.url, or ${postgresVariable}, which keeps a password out of the list of processes`,
    }),
    schema: text('NAME', 'Schema of the tables', { default: "the config's postgres.schema, or public" }),
    partition: choice(
      'BY',
      ['none', 'month'],
      'Partitions of a new table: month pays from tens of millions of rows',
      {
        default: 'none',
      },
    ),
    indexes: list('ROLES', 'Roles whose columns get an index in a new table; none for no such index', {
      default: 'actor',
    }),
    'no-key': flag('Make a new table without the duplicate key as a constraint'),
    rebuild: flag('Drop the tables that loads made, and load every file again'),
    'dry-run': flag('Show what would be loaded, and change nothing'),
    ...upkeepOptions,
    'memory-limit': runOptions['memory-limit'],
    threads: runOptions.threads,
    'work-folder': runOptions['work-folder'],
    'lock-timeout': runOptions['lock-timeout'],
  },
  examples: [
    ['lake load --to postgres', "Into the database of the config's postgres.url"],
    ['lake load --url postgres://etl@localhost/shop --dry-run', 'What would be loaded'],
    ['lake load --to postgres --partition month --indexes actor,session', 'For many rows'],
  ],
  async run({ options, signal, onProgress }) {
    const { config, tables, lake, aws } = await targetTables(options);
    const url = options.url ?? postgresUrl(config.postgres);
    if (url === undefined)
      throw new UsageError(
        `No database: give --url URL, set ${postgresVariable}, or set \`postgres: { url }\` in ${config.file}.`,
      );
    const reports: PostgresLoadReport[] = [];
    for (const table of tables) {
      const report = await loadPostgres({
        ...{ table, lake, aws, url, signal },
        password: options.url === undefined ? config.postgres?.password : undefined,
        certificateAuthority: config.postgres?.certificateAuthority,
        schema: options.schema ?? config.postgres?.schema,
        partition: options.partition,
        key: !options['no-key'],
        indexes: givenRoles(options.indexes),
        rebuild: options.rebuild,
        dryRun: options['dry-run'],
        memoryLimit: options['memory-limit'],
        threads: options.threads,
        workFolder: options['work-folder'],
        lockTimeoutSeconds: options['lock-timeout'],
        onProgress: ({ rows, totalRows }) =>
          onProgress?.({
            doing: `loading ${table.name}`,
            stage: table.name,
            fraction: totalRows === 0 ? 1 : rows / totalRows,
            rows,
          }),
      }).catch((error: unknown) => {
        // A table that the lake does not hold has nothing to load; named explicitly, it is an error.
        if (tables.length > 1 && isHeadwaterError(error, 'LAKE_NOT_FOUND')) return undefined;
        throw error;
      });
      if (report) reports.push(report);
    }
    return { data: { tables: reports } };
  },
  async print({ data: { tables } }, console) {
    for (const report of tables) await console.print(reportText(report, console.style));
  },
});

function reportText(report: PostgresLoadReport, style: Style): string {
  const {
    target,
    server,
    dryRun,
    isNew,
    columnsAdded,
    files,
    rows,
    daysReplaced,
    rowsRemoved,
    totalRows,
    to,
  } = report;
  const place = `${target} in ${server}`;
  const state = `it has the ${grouped(totalRows)} rows of commit ${to}`;
  const nothing = files === 0 && daysReplaced === 0 && columnsAdded.length === 0 && !isNew;
  if (nothing) return `${place}: nothing to load, ${state}`;
  const verb = dryRun ? 'would load' : style('green', 'loaded');
  const parts = [
    `${verb} ${counted(rows, 'row')} of ${counted(files, 'file')}`,
    ...(isNew ? ['into a new table'] : []),
    ...(columnsAdded.length > 0 ? [`with new columns ${columnsAdded.join(', ')}`] : []),
    ...(daysReplaced > 0
      ? [`in place of ${counted(rowsRemoved, 'row')} of ${counted(daysReplaced, 'day')}`]
      : []),
  ];
  const end = dryRun
    ? `it would have ${grouped(totalRows)} rows`
    : `${state}, ${durationText(report.seconds)}`;
  return `${place}: ${parts.join(' ')}; ${end}`;
}
