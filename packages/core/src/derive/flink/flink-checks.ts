import type { CleaningStep, RangeBound } from '../../table/cleaning-step.ts';
import { type DataType, isNumberDecimal } from '../../table/data-type.ts';
import { javaPattern } from '../../table/java-pattern.ts';
import { flinkText, flinkType } from '../../types/flink-type.ts';

/**
 * The most code points of a text that a pattern is matched with. Java matches a repeated group by recursion, and a text that is too long
 * for the stack ends the task.
 */
const longestMatched = 10_000;

/**
 * The conditions of a step that a clean value meets.
 *
 * @param text SQL of the text after its steps
 * @param value SQL of the value
 */
export function flinkChecks(step: CleaningStep, type: DataType, text: string, value: string): string[] {
  switch (step.step) {
    case 'one-of':
      return [`${text} IN (${step.values.map(flinkText).join(', ')})`];
    case 'range':
      return [
        ...(step.minimum ? [within(type, value, '>', step.minimum)] : []),
        ...(step.maximum ? [within(type, value, '<', step.maximum)] : []),
      ];
    case 'pattern':
      return [
        `CHAR_LENGTH(${text}) <= ${longestMatched}`,
        `REGEXP(${text}, ${flinkText(javaPattern(step.source))})`,
      ];
    case 'length':
      return [
        ...(step.minimum ? [`CHAR_LENGTH(${text}) >= ${step.minimum}`] : []),
        ...(step.maximum === undefined ? [] : [`CHAR_LENGTH(${text}) <= ${step.maximum}`]),
      ];
    default:
      // The text steps, required and parse make the value.
      return [];
  }
}

/** SQL for whether a value lies within a bound. Both sides have one type, so that neither is rounded. */
function within(
  type: DataType,
  value: string,
  side: '<' | '>',
  { value: bound, exclusive }: RangeBound,
): string {
  const operator = `${side}${exclusive ? '' : '='}`;
  const double = `CAST(${value} AS DOUBLE) ${operator} CAST('${bound}' AS DOUBLE)`;
  switch (type.kind) {
    case 'timestamp':
      return `${value} ${operator} TO_TIMESTAMP_LTZ(${Date.parse(bound)}, 3)`;
    case 'date':
      return `${value} ${operator} DATE ${flinkText(bound)}`;
    case 'int64':
      return /^-?\d+$/.test(bound) ? withinWhole(value, operator, BigInt(bound)) : double;
    case 'decimal':
      // The bound has no more digits than the type.
      return isNumberDecimal(type) ? double : `${value} ${operator} CAST('${bound}' AS ${flinkType(type)})`;
    default:
      return double;
  }
}

const int64Limit = 2n ** 63n;

/** A bound that the type cannot hold is met by all of its values, or by none. */
const withinWhole = (value: string, operator: string, bound: bigint): string =>
  bound < -int64Limit || bound >= int64Limit
    ? operator.startsWith('>') === bound < 0n
      ? 'TRUE'
      : 'FALSE'
    : `${value} ${operator} CAST('${bound}' AS BIGINT)`;
