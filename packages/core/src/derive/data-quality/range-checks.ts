import type { RangeBound, StepOf } from '../../table/cleaning-step.ts';
import { type DataType, isIntegerKind, isNumberDecimal } from '../../table/data-type.ts';
import type { Column } from '../../table/table-schema.ts';
import { sparkType } from '../../types/spark-type.ts';
import type { ColumnValue } from './column-value.ts';
import type { ColumnCheck } from './data-quality-rule.ts';
import { dqdlText, sqlText } from './dqdl-text.ts';

type RangeCheck = Pick<ColumnCheck, 'rule' | 'condition'>;

/** The sides of a range: the operator of values within it, and that of values beyond it. */
const sides = {
  minimum: { within: ['>', '>='], beyond: ['<=', '<'] },
  maximum: { within: ['<', '<='], beyond: ['>=', '>'] },
} as const;

/**
 * The checks of a range. A rule of DQDL compares numbers as doubles, and a null fails it, so a nullable column and a bound that doubles
 * do not tell apart have a condition. Each side is a rule of its own, because `between` leaves both bounds out
 * (https://docs.aws.amazon.com/glue/latest/dg/dqdl.html#dqdl-syntax-rule-expressions).
 */
export function rangeChecks(step: StepOf<'range'>, column: Column, value: ColumnValue): RangeCheck[] {
  return (['minimum', 'maximum'] as const).flatMap((side): RangeCheck[] => {
    const bound = step[side];
    if (!bound) return [];
    const place = bound.exclusive ? 0 : 1;
    const literal = value.isPlain && !column.nullable ? dqdlLiteral(column.type, bound) : undefined;
    if (literal !== undefined)
      return [{ rule: `ColumnValues ${dqdlText(column.name)} ${sides[side].within[place]} ${literal}` }];
    return [{ condition: beyond(column.type, value.sql, sides[side].beyond[place], bound) }];
  });
}

/** The bound as DQDL writes it. Undefined where DQDL does not compare values of the type, or not exactly. */
function dqdlLiteral(type: DataType, { value }: RangeBound): string | undefined {
  const isExact =
    type.kind === 'double' || isIntegerKind(type.kind) || (type.kind === 'decimal' && isNumberDecimal(type));
  const isPlain = /^-?\d+(\.\d+)?$/.test(value) && Math.abs(Number(value)) <= Number.MAX_SAFE_INTEGER;
  return isExact && isPlain ? value : undefined;
}

/** Spark SQL for whether a value lies beyond a bound. Both sides have one type, so that none is cast to a narrower one. */
function beyond(type: DataType, value: string, operator: string, { value: bound }: RangeBound): string {
  const compared = (as: string): string =>
    `cast(${value} as ${as}) ${operator} cast(${sqlText(bound)} as ${as})`;
  if (type.kind === 'timestamp') return `${value} ${operator} timestamp ${sqlText(bound.replace('T', ' '))}`;
  if (type.kind === 'date') return `${value} ${operator} date ${sqlText(bound)}`;
  if (isIntegerKind(type.kind) && /^-?\d{1,38}$/.test(bound)) return compared('DECIMAL(38,0)');
  if (type.kind === 'decimal' && !isNumberDecimal(type)) return compared(sparkType(type));
  return compared('DOUBLE');
}
