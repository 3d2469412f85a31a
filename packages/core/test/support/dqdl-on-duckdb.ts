import type { DqdlOperand, DqdlRule } from './dqdl.ts';
import { sparkSqlToDuckdb } from './spark-sql-to-duckdb.ts';

const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Answers a statement that has one value. */
export type OneValue = (sql: string) => Promise<unknown>;

const sqlOf = ({ kind, text }: DqdlOperand): string => {
  if (kind === 'number') return `cast(${literal(text)} as double)`;
  return kind === 'date' ? `date ${literal(text)}` : literal(text);
};

/**
 * Whether the rows of the table `primary` pass a rule, as AWS's pages say (https://docs.aws.amazon.com/glue/latest/dg/dqdl.html):
 * a null fails a rule on values unless the list has NULL, and has length 0.
 *
 * @throws Error for a condition whose answer AWS does not document, such as a pattern that matches a part of a value
 */
export async function passesDqdl(rule: DqdlRule, one: OneValue): Promise<boolean> {
  const failing = async (condition: string): Promise<number> =>
    Number(await one(`select count(*) from "primary" where not coalesce(${condition}, false)`));
  const [parameter = ''] = rule.parameters;
  const column = quote(parameter);
  switch (rule.type) {
    case 'RowCount':
      return compare(Number(await one('select count(*) from "primary"')), rule);
    case 'IsComplete':
      return (await failing(`${column} is not null`)) === 0;
    case 'IsUnique': {
      const columns = rule.parameters.map(quote).join(', ');
      const copies = await one(
        `select count(*) from (select count(*) as copies from "primary" group by ${columns}) where copies > 1`,
      );
      return Number(copies) === 0;
    }
    case 'ColumnLength': {
      const [bound] = rule.operands;
      return (await failing(`length(coalesce(${column}, '')) ${rule.operator} ${bound?.text}`)) === 0;
    }
    case 'ColumnValues':
      return (await valueFailures(rule, column, failing)) === 0;
    case 'CustomSql':
      return compare(Number(await one(sparkSqlToDuckdb(parameter))), rule);
    default:
      throw new Error(`no rule ${rule.type}`);
  }
}

async function valueFailures(
  { operator, operands, text }: DqdlRule,
  column: string,
  failing: (condition: string) => Promise<number>,
): Promise<number> {
  const [first] = operands;
  if (operator === 'in') {
    const values = operands.filter(({ kind }) => kind !== 'keyword').map(sqlOf);
    const isNull = operands.length > values.length ? ` or ${column} is null` : '';
    return failing(`coalesce(${column} in (${values.join(', ')}), false)${isNull}`);
  }
  if (!first || first.kind === 'keyword') throw new Error(`the answer of ${text} is not documented`);
  if (operator !== 'matches') {
    const compared = first.kind === 'number' ? `cast(${column} as double)` : column;
    return failing(`${compared} ${operator} ${sqlOf(first)}`);
  }
  const whole = await failing(`regexp_full_match(${column}, ${sqlOf(first)})`);
  const part = await failing(`regexp_matches(${column}, ${sqlOf(first)})`);
  if (whole !== part) throw new Error(`${text}: a part of a value matches, which is not documented`);
  return whole;
}

function compare(value: number, { operator, operands: [operand] }: DqdlRule): boolean {
  const bound = Number(operand?.text);
  switch (operator) {
    case '=':
      return value === bound;
    case '>':
      return value > bound;
    default:
      throw new Error(`no comparison of a count by ${operator}`);
  }
}
