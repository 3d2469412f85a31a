import type { CleaningStep } from './cleaning-step.ts';
import type { PathStep } from './nested-path.ts';
import type { SourceCondition } from './source-rule.ts';
import type { Column, TableSchema } from './table-schema.ts';
import { isTextStep } from './text-step.ts';

/** A column as the files of a source have it. */
export interface FileColumn extends Column {
  /** The names of its field, tried in order. Absent: its own name, its former ones, its aliases. */
  readonly fields?: readonly string[];
  /** The value in every row, as text; no field is read. */
  readonly constant?: string;
}

/**
 * A table as the files of one source have it. Whatever reads or cleans a file takes it in place of the table's schema; without
 * a source it is that schema.
 */
export interface FileSchema extends TableSchema {
  readonly columns: readonly FileColumn[];
  /** The name of the source. Absent when files are read by the names of the columns. */
  readonly source?: string;
  /** The columns of a line's fields, in order; null for a field that is not read. Absent: by the names of the header. */
  readonly positions?: readonly (string | null)[];
  readonly where?: readonly SourceCondition[];
}

/** Whether the column's value comes from a field of the file. */
export const isReadFromFile = ({ constant, lookup }: FileColumn): boolean =>
  constant === undefined && lookup === undefined;

/** The names that a column may have in a file. */
export function fieldNames(
  column: Pick<FileColumn, 'name' | 'renamedFrom' | 'aliases' | 'fields'>,
): readonly string[] {
  return column.fields ?? [column.name, ...column.renamedFrom, ...column.aliases];
}

/** The path by which a column is read from a nested record; undefined where it is read by names only. */
export const readPath = ({ path, fields }: FileColumn): readonly PathStep[] | undefined =>
  fields ? undefined : path;

/**
 * The names of members of a nested record under which a column may stand. A column with a path has its aliases only: its path
 * says where it is, and a member that happens to be called as the column is something else.
 */
export const memberNames = (column: FileColumn): readonly string[] =>
  readPath(column) ? column.aliases : fieldNames(column);

/** The source of files of clean events. A definition's own sources have no spaces in their names. */
export const cleanedEvents = 'cleaned events';

/**
 * The schema by which files of a source are read.
 *
 * @param source a source of the table, or {@link cleanedEvents}; undefined for files that are read by the names of the columns
 */
export function fileSchema(schema: TableSchema, source: string | undefined): FileSchema {
  if (source === cleanedEvents) return cleanedSchema(schema);
  const rule = source === undefined ? undefined : schema.sources?.[source];
  if (source === undefined || !rule)
    return hasLookups(schema) ? { ...schema, columns: schema.columns.map(unread) } : schema;
  const { positions, columns = {}, constants = {}, where } = rule;
  const fieldOf = new Map(Object.entries(columns).map(([field, column]) => [column, field]));
  return {
    ...schema,
    source,
    ...(positions ? { positions } : {}),
    ...(where ? { where } : {}),
    columns: schema.columns.map((column) => {
      const constant = Object.hasOwn(constants, column.name) ? constants[column.name] : undefined;
      // The text of a constant is that of the value itself: no step of the column may change it.
      if (constant !== undefined) return { ...column, constant, fields: [], steps: [{ step: 'parse' }] };
      const field = fieldOf.get(column.name);
      return field === undefined ? unread(column) : { ...column, fields: [field] };
    }),
  };
}

/**
 * Files of clean events have every column under its own name. Their values are not cleaned twice: a step that replaces texts could
 * replace its own result. They are checked once more, so that nothing gets into the lake that the definition rules out by now.
 */
function cleanedSchema(schema: TableSchema): FileSchema {
  const file = fileSchema(schema, undefined);
  return {
    ...file,
    source: cleanedEvents,
    columns: file.columns.map((column) =>
      isReadFromFile(column) ? { ...column, fields: [column.name], steps: checksOf(column) } : column,
    ),
  };
}

/** The steps of a column without those that read or replace its texts. */
const checksOf = ({ steps }: Column): CleaningStep[] =>
  steps.filter((step) => !isTextStep(step)).map((step) => (step.step === 'parse' ? { step: 'parse' } : step));

const hasLookups = ({ columns }: TableSchema): boolean => columns.some(({ lookup }) => lookup !== undefined);

/**
 * The value of a lookup's column is clean, and no field has it. The column's own checks apply to it. Without a row in the lookup it is
 * null, even in a required column: the missing row then rejects the event.
 */
const unread = (column: Column): FileColumn =>
  column.lookup === undefined
    ? column
    : {
        ...column,
        fields: [],
        nullable: true,
        steps: column.steps.filter(({ step }) => step !== 'required'),
      };
