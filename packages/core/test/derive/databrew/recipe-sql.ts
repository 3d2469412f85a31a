import { quoteName, quoteText } from '../../../src/internal.ts';
import { conditionSql } from './condition-sql.ts';
import { operationsSql } from './operations-sql.ts';

/** A step of a recipe as the API has it. */
export interface RecipeStep {
  readonly Action: { readonly Operation: string; readonly Parameters?: Readonly<Record<string, string>> };
  readonly ConditionExpressions?: readonly {
    readonly Condition: string;
    readonly Value?: string;
    readonly TargetColumn: string;
  }[];
}

/** What the guide leaves open. */
export interface Readings {
  /** Whether IS_NOT holds where there is no value. */
  readonly isNotWithoutValue: boolean;
}

/** The types of columns, as the guide lists them (https://docs.aws.amazon.com/databrew/latest/dg/datatypes.html). */
export type ColumnType = 'string' | 'int' | 'long' | 'double' | 'decimal' | 'boolean' | 'date' | 'timestamp';

/** The columns of a dataset in their order, with their types. */
export type Columns = ReadonlyMap<string, ColumnType>;

/** A step's SELECT: the columns that it makes, by the SQL of each, and the rows that stay. */
export interface StepSql {
  readonly columns: Columns;
  /** The SQL of columns that the step changes or makes. Others stay as they are. */
  readonly values?: Readonly<Record<string, string>>;
  /** The rows that stay. */
  readonly where?: string;
  /** A condition over windows, for the rows that stay. */
  readonly qualify?: string;
}

/** The name of the column that has the order of the rows. No operation sees it. */
const rowName = '#row';

/**
 * A recipe as one SELECT of DuckDB, by what AWS's guide says of each operation and condition. It is written without regard to the recipes
 * that Headwater derives: anything else than the operations, parameters and conditions of the guide that it has is refused by name.
 *
 * @param from SQL of a relation with the given columns and the number of each row, `"#row"`
 */
export function recipeSql(
  steps: readonly RecipeStep[],
  columns: Columns,
  from: string,
  readings: Readings = { isNotWithoutValue: false },
) {
  let current = columns;
  const tables = [`s0 AS MATERIALIZED (SELECT * FROM ${from})`];
  for (const [index, step] of steps.entries()) {
    const { Operation, Parameters = {} } = step.Action;
    const operation = operationsSql[Operation];
    if (!operation) throw new Error(`the interpreter has no operation ${Operation}`);
    assertParameters(Operation, Parameters, operation);
    const conditions = (step.ConditionExpressions ?? []).map((one) => conditionSql(one, current, readings));
    if (conditions.length > 0 && !operation.takesConditions)
      throw new Error(`the interpreter has no conditions for ${Operation}`);
    const next = operation.run(
      Parameters,
      current,
      conditions.length > 0 ? conditions.join(' AND ') : undefined,
    );
    const { values = {} } = next;
    const items = [...next.columns.keys()].map(
      (name) => `${values[name] ?? quoteName(name)} AS ${quoteName(name)}`,
    );
    tables.push(
      `s${index + 1} AS MATERIALIZED (SELECT ${[quoteName(rowName), ...items].join(', ')} FROM s${index}` +
        `${next.where ? ` WHERE ${next.where}` : ''}${next.qualify ? ` QUALIFY ${next.qualify}` : ''})`,
    );
    current = next.columns;
  }
  const outputs = [...current].map(([name, type]) => `${outputText(name, type)} AS ${quoteName(name)}`);
  const sql = `WITH ${tables.join(',\n')}\nSELECT ${[quoteName(rowName), ...outputs].join(', ')} FROM s${steps.length} ORDER BY ${quoteName(rowName)}`;
  return { sql, columns: current };
}

/** Values as texts that are the same on every engine. Texts are given by their bytes, since the driver drops a leading U+FEFF. */
function outputText(name: string, type: ColumnType): string {
  const value = quoteName(name);
  if (type === 'string') return `hex(encode(${value}))`;
  if (type === 'timestamp') return `strftime(${value}, ${quoteText('%Y-%m-%dT%H:%M:%S.%g')}) || 'Z'`;
  return type === 'double' ? value : `${value}::VARCHAR`;
}

function assertParameters(
  operation: string,
  given: Readonly<Record<string, unknown>>,
  {
    parameters,
    optional = [],
  }: { readonly parameters: readonly string[]; readonly optional?: readonly string[] },
): void {
  for (const [name, value] of Object.entries(given)) {
    if (!parameters.includes(name) && !optional.includes(name))
      throw new Error(`${operation} has no parameter ${name}`);
    if (typeof value !== 'string' || value === '')
      throw new Error(`${operation}: the parameter ${name} is not a text with a character`);
  }
  for (const name of parameters)
    if (given[name] === undefined) throw new Error(`${operation} needs the parameter ${name}`);
}
