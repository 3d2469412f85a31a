import type { CleaningStep } from './cleaning-step.ts';
import type { PiiClass } from './column-metadata.ts';
import type { DataType } from './data-type.ts';
import type { RoleName } from './role-table.ts';

/** One column of a table, read once from its zod type. */
export interface Column {
  readonly name: string;
  readonly type: DataType;
  readonly nullable: boolean;
  readonly description: string;
  readonly unit?: string;
  readonly pii: PiiClass;
  readonly aliases: readonly string[];
  /** Names under which earlier files hold the column, the latest first. */
  readonly renamedFrom: readonly string[];
  /** What the column is in files older than itself, as the text that every engine casts to its type. */
  readonly default?: string;
  /** Everything that happens to a raw text value, in order: text steps, parse, checks. */
  readonly steps: readonly CleaningStep[];
}

/** What a catalog shows of a column, whatever it comes from. */
export type DescribedColumn = Pick<Column, 'name' | 'type' | 'nullable' | 'description' | 'unit' | 'pii'>;

/** How the table is cut into folders: by day of the time column, optionally by hour, optionally by enum columns. */
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
  /** Which values of the action column mean what. Empty when the table has no action role. */
  readonly actions: Readonly<Record<string, string>>;
  /** Set when the amount is the price of one unit: the amount of an event is then amount x quantity. */
  readonly amountPer?: 'unit';
  readonly partitioning: Partitioning;
  /** Rows equal in all of these are one event; all columns when the definition does not say. */
  readonly duplicateKey: readonly string[];
  /** Order of rows in a file. */
  readonly sortOrder: readonly string[];
}

/** The column of this name. Throws a plain `Error`: callers pass names that the schema itself gave. */
export function columnOf(schema: TableSchema, name: string): Column {
  const column = schema.columns.find((candidate) => candidate.name === name);
  if (!column) throw new Error(`${schema.name} has no column ${name}`);
  return column;
}

/** Whether two rows are one event only when they agree in every column. */
export function isWholeRowKey(schema: TableSchema): boolean {
  return new Set(schema.duplicateKey).size === schema.columns.length;
}
