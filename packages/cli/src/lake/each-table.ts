import { type AwsTarget, type EventsTable, isHeadwaterError } from '@headwater/core';
import type { Answer } from '../answer/answer.ts';
import type { ExitCode } from '../answer/exit-code.ts';
import type { OptionValues } from '../command-line/command.ts';
import type { upkeepOptions } from '../config/chosen-lake.ts';
import { targetTables } from '../config/chosen-lake.ts';
import type { LoadedConfig } from '../config/load-config.ts';
import type { Console } from '../output/console.ts';
import type { GivenPlace } from './quarantine-hint.ts';

/** A report about one table of a lake. */
type Named<Report> = Report & { readonly table: string };

/** The reports of an operation on every table of a lake. */
export interface TablesAnswer<Report> extends Answer {
  /** The report itself where the command is about one table, because it is named or the config has no other. */
  readonly data: Named<Report> | { readonly tables: readonly Named<Report>[] };
  readonly reports: readonly Named<Report>[];
}

/** One table of a lake, and every table that the call is about. */
interface TableTarget {
  readonly config: LoadedConfig;
  readonly table: EventsTable;
  readonly lake: string;
  /** Where the config's tables are on AWS. */
  readonly aws: AwsTarget | undefined;
  readonly tables: readonly EventsTable[];
  /** Notes the failure of something that follows what was asked for, and that therefore leaves the report as it is. */
  failed(failure: unknown): void;
}

/** What else {@link eachTable} takes. */
interface EachTableSettings<Report> {
  /** The exit code, by the reports. Defaults to 0. */
  readonly exitCode?: (reports: readonly Report[]) => ExitCode;
  /** Go on with the other tables after a failure. Defaults to stopping there. */
  readonly goesOn?: boolean;
}

/**
 * Runs an operation on the named table, or on every table of the config that the lake holds. After a failure the answer has
 * the reports of the other tables.
 *
 * @param operate the operation on one table
 * @throws HeadwaterError `LAKE_NOT_FOUND` when the lake holds none of the tables, or not the named one
 */
export async function eachTable<Report extends object>(
  values: OptionValues<typeof upkeepOptions>,
  operate: (target: TableTarget) => Promise<Report>,
  { exitCode, goesOn = false }: EachTableSettings<Report> = {},
): Promise<TablesAnswer<Report>> {
  const { config, tables, lake, aws } = await targetTables(values);
  const reports: Named<Report>[] = [];
  const failures: unknown[] = [];
  let missing: unknown;
  const failed = (failure: unknown): number => failures.push(failure);
  for (const table of tables) {
    try {
      reports.push({
        table: table.name,
        ...(await operate({ ...{ config, table, lake, aws, tables }, failed })),
      });
    } catch (failure) {
      if (isHeadwaterError(failure, 'LAKE_NOT_FOUND')) missing ??= failure;
      else failures.push(failure);
    }
    if (failures.length > 0 && !goesOn) break;
  }
  if (reports.length === 0) throw failures[0] ?? missing;
  const [only] = reports;
  return {
    data: tables.length === 1 && only ? only : { tables: reports },
    reports,
    exitCode: exitCode?.(reports) ?? 0,
    failures,
  };
}

/**
 * Prints the report of each table for people, under the table's name where there are several.
 *
 * @param options the options of the call
 * @param print prints one report; `given` chooses its table in a later command
 * @param title `untitled` where the reports begin with the table's name themselves
 */
export async function printEachTable<Report>(
  { data, reports }: TablesAnswer<Report>,
  console: Console,
  options: GivenPlace,
  print: (report: Named<Report>, given: GivenPlace) => Promise<void>,
  title: 'titled' | 'untitled' = 'titled',
): Promise<void> {
  const isOne = !('tables' in Object(data));
  for (const [index, report] of reports.entries()) {
    if (index > 0) await console.print();
    if (!isOne && title === 'titled') await console.print(console.style('bold', report.table));
    await print(report, isOne ? options : { ...options, table: report.table });
  }
}
