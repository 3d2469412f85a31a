import type { ActionValue } from './action-value.ts';
import type { CleaningStep, StepOf } from './cleaning-step.ts';
import type { PiiClass } from './column-metadata.ts';
import type { DataType } from './data-type.ts';
import type { DuplicateRule } from './duplicate-rule.ts';
import type { LookupColumn, LookupRule } from './lookup-rule.ts';
import type { PathStep } from './nested-path.ts';
import type { PurchaseItems } from './purchase-items.ts';
import type { RoleName } from './role-table.ts';
import type { SessionRule } from './session-rule.ts';
import type { SourceRule } from './source-rule.ts';

/** One column of a table, read once from its zod type. */
export interface Column {
  readonly name: string;
  readonly type: DataType;
  readonly nullable: boolean;
  readonly description: string;
  readonly unit?: string;
  readonly pii: PiiClass;
  readonly aliases: readonly string[];
  /** Where the value is in a nested record. Absent for a column that is read by its names. */
  readonly path?: readonly PathStep[];
  /** Former names of the column in older files, the latest first. */
  readonly renamedFrom: readonly string[];
  /** The value in files that are older than the column, as text that every engine casts to the column's type. */
  readonly default?: string;
  /** Set when a bad value becomes null, and is counted. Absent when the row is rejected. The column is then nullable. */
  readonly invalid?: 'null';
  /** The cleaning of a raw text value, in order: text steps, parse, checks. */
  readonly steps: readonly CleaningStep[];
  /** Where the value comes from when it is that of a lookup, and not of a field of the file. */
  readonly lookup?: LookupColumn;
}

/** The part of a column that a catalogue shows. */
export type DescribedColumn = Pick<Column, 'name' | 'type' | 'nullable' | 'description' | 'unit' | 'pii'>;

/** The partition folders of a table: by day of the time column, optionally by hour and by enum columns. */
export interface Partitioning {
  /** The timestamp column whose UTC day names the folder `dt=YYYY-MM-DD`. */
  readonly time: string;
  readonly hour: boolean;
  readonly columns: readonly string[];
}

/**
 * The engine-free middle form of a table. Everything downstream (SQL, Parquet, JSON Schema, metrics)
 * reads this and never zod.
 */
export interface TableSchema {
  readonly name: string;
  readonly description: string;
  readonly columns: readonly Column[];
  readonly roles: Readonly<Partial<Record<RoleName, string>>>;
  /** What means each action. Defaults are here also when no row can have their values; `tableActions` leaves them out. */
  readonly actions: Readonly<Record<string, ActionValue>>;
  /** Set when the amount is the price of one unit. The amount of an event is then amount x quantity. */
  readonly amountPer?: 'unit';
  /** The members that lead to the list of which each element becomes a row. Absent when a record is one row. */
  readonly explode?: readonly string[];
  /** What makes events a session. Absent for the default: the events of a session id, 24 hours at most. */
  readonly sessions?: SessionRule;
  /** The time zone of periods, hours, weekdays and ranges in answers. Absent for UTC. Folders are UTC. */
  readonly zone?: string;
  /** Which product a purchase is of. Absent when the definition does not say. */
  readonly purchaseItems?: PurchaseItems;
  readonly partitioning: Partitioning;
  /** Rows that are equal in all of these columns are of one event. */
  readonly duplicateKey: readonly string[];
  /** Which row of an event stays. Absent for the default: the row that was loaded first. */
  readonly duplicateRule?: DuplicateRule;
  /** Order of rows in a file. */
  readonly sortOrder: readonly string[];
  /** The kinds of files that the table is loaded from, by name. Absent when there is one kind, read by the columns' names. */
  readonly sources?: Readonly<Record<string, SourceRule>>;
  /** The tables whose columns are joined to events when they are loaded, by name. */
  readonly lookups?: Readonly<Record<string, LookupRule>>;
}

/** The column with this name. Throws a plain `Error` if there is none: callers pass names from the schema itself. */
export function columnOf(schema: Pick<TableSchema, 'name' | 'columns'>, name: string): Column {
  const column = schema.columns.find((candidate) => candidate.name === name);
  if (!column) throw new Error(`${schema.name} has no column ${name}`);
  return column;
}

/** The parse step of a column. Snapshots of earlier files may lack it: the column is then read in the usual spelling. */
export function parseOf({ steps }: Pick<Column, 'steps'>): StepOf<'parse'> {
  return steps.find((step) => step.step === 'parse') ?? { step: 'parse' };
}

/** Whether rows are duplicates only when they are equal in every column. */
export function isWholeRowKey(schema: TableSchema): boolean {
  return new Set(schema.duplicateKey).size === schema.columns.length;
}
