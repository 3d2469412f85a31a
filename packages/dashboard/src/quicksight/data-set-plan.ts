import type { InputColumnDataType } from '@aws-sdk/client-quicksight';
import type { PiiClass } from '@headwater/core';
import type { AnswerColumn } from '@headwater/queries';
import type { ParameterName } from './parameters.ts';
import { columnName } from './quicksight-names.ts';

/** A column of a data set. */
export interface PlannedColumn {
  readonly name: string;
  readonly type: InputColumnDataType;
  /** In SPICE, decimals have four digits behind the point unless they are floats. */
  readonly subType?: 'FIXED' | 'FLOAT';
  readonly pii: PiiClass;
}

/** A data set, before it is a request. */
export interface DataSetPlan {
  /** What its id ends with, and what the analysis calls it. */
  readonly id: string;
  readonly title: string;
  readonly sql: string;
  readonly columns: readonly PlannedColumn[];
  readonly parameters: readonly ParameterName[];
  readonly mode: 'direct' | 'spice';
}

/** The columns that say of which role a row is, in a data set with row-level security. */
export const roleColumns = { role: 'row_role', rank: 'row_role_rank' } as const;

/** A column of a data set with the expression that gives it, of an answer that is called `a`. */
export interface SelectedColumn extends PlannedColumn {
  readonly expression: string;
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** The column of a data set that stands for a declared column of an answer. A period that is the whole range is a text. */
export function selectedColumn(column: AnswerColumn): SelectedColumn {
  const { name, role, kind, type, pii } = column;
  const own = { name: columnName(name), pii };
  const value = `a.${quoted(name)}`;
  if (kind === 'time' && type.kind !== 'string')
    return { ...own, type: 'DATETIME', expression: timeOf(value) };
  if (role === 'dimension')
    return { ...own, type: type.kind === 'int32' ? 'INTEGER' : 'STRING', expression: value };
  if (type.kind === 'int64') return { ...own, type: 'INTEGER', expression: `cast(${value} as bigint)` };
  const isExact = type.kind === 'decimal' && type.scale <= 4;
  return { ...own, type: 'DECIMAL', subType: isExact ? 'FIXED' : 'FLOAT', expression: value };
}

/** The first instant of a period, as a time without a zone: QuickSight has none. */
const timeOf = (value: string): string => `cast(replace(substr(${value}, 1, 19), 'T', ' ') as timestamp)`;

/** The week and the month of a day, by which rows in SPICE are put together. Weeks begin on Monday, whatever QuickSight's do. */
export const longerPeriods = (period: SelectedColumn): readonly SelectedColumn[] =>
  (['week', 'month'] as const).map((length) => ({
    name: `${period.name}_${length}`,
    type: 'DATETIME',
    pii: 'none',
    expression: `cast(date_trunc('${length}', ${period.expression}) as timestamp)`,
  }));

/** The columns of a funnel whose steps are columns of the answer: a row for each step, in order. */
export const stepColumns = (steps: readonly { readonly column: string; readonly title: string }[]) => ({
  columns: [
    { name: 'step', type: 'STRING', pii: 'none', expression: 's."step"' },
    { name: 'position', type: 'INTEGER', pii: 'none', expression: 's."position"' },
    {
      name: 'reached',
      type: 'INTEGER',
      pii: 'none',
      expression: `case s."position" ${steps.map(({ column }, index) => `when ${index + 1} then cast(a.${quoted(column)} as bigint)`).join(' ')} end`,
    },
  ] satisfies readonly SelectedColumn[],
  from: ` cross join (values ${steps.map(({ title }, index) => `(${index + 1}, ${text(title)})`).join(', ')}) as s ("position", "step")`,
});

/** A text as SQL. */
export const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/**
 * The statement of a data set: the columns of an answer as QuickSight has them, once for each role. A role's rows are an answer of their own, over
 * the events that it may see, so that distinct counts and ratios are right as well; the role that a row is of is a column.
 *
 * @param answers the statement of the answer, for each role, or of one without a name
 */
export function dataSetSql(
  answers: readonly { readonly role?: string; readonly sql: string }[],
  columns: readonly SelectedColumn[],
  from = '',
): string {
  const selects = answers.map(({ role, sql }, index) => {
    const tags =
      role === undefined
        ? []
        : [`${text(role)} as "${roleColumns.role}"`, `${index + 1} as "${roleColumns.rank}"`];
    const list = [...tags, ...columns.map(({ expression, name }) => `${expression} as "${name}"`)].join(', ');
    return `select ${list} from (${sql}) as a${from}`;
  });
  return selects.join('\nunion all\n');
}

/** The tags of roles, as columns of a data set. */
export const plannedRoleColumns: readonly PlannedColumn[] = [
  { name: roleColumns.role, type: 'STRING', pii: 'none' },
  { name: roleColumns.rank, type: 'INTEGER', pii: 'none' },
];
