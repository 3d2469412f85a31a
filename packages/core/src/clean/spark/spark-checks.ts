import type { CleaningStep, RangeBound } from '../../table/cleaning-step.ts';
import { type DataType, isNumberDecimal } from '../../table/data-type.ts';
import { javaPattern } from '../../table/java-pattern.ts';
import type { Column } from '../../table/table-schema.ts';
import { sparkText, sparkType } from '../../types/spark-type.ts';
import type { RejectCode } from '../reject-code.ts';
import type { SparkCase } from './spark-value-reader.ts';

const fault = (failed: string, reject: RejectCode): SparkCase => ({ failed, code: sparkText(reject) });

/**
 * The faults that a step finds in a value.
 *
 * @param text SQL of the text after its steps
 * @param parsed the name of the parsed value; of a time, milliseconds since 1970
 */
export function sparkChecks(
  step: CleaningStep,
  { name, type }: Column,
  text: string,
  parsed: string,
): SparkCase[] {
  switch (step.step) {
    case 'range':
      return [
        ...(step.minimum ? [fault(beyond(type, parsed, '<', step.minimum), 'below_minimum')] : []),
        ...(step.maximum ? [fault(beyond(type, parsed, '>', step.maximum), 'above_maximum')] : []),
      ];
    case 'pattern':
      return [fault(mismatch(step.source, name, text), 'pattern_mismatch')];
    case 'length':
      return [
        ...(step.minimum ? [fault(`char_length(${text}) < ${step.minimum}`, 'too_short')] : []),
        ...(step.maximum === undefined ? [] : [fault(`char_length(${text}) > ${step.maximum}`, 'too_long')]),
      ];
    default:
      // The text steps, required and parse make the value; an enum's parse does one-of.
      return [];
  }
}

/** The maximum length of a text that a pattern with a repeated group is matched with, in code points. */
const maxRecursion = 10_000;

/**
 * SQL for whether a text does not match a pattern. Java matches a repeated group by recursion, a step for each repetition, and a text
 * that is too long for the stack ends the process and not the statement. Such a text is an error, as it cannot be decided.
 */
function mismatch(source: string, column: string, text: string): string {
  const sql = `NOT (${text} RLIKE ${sparkText(javaPattern(source))})`;
  const isRecursive = /\)[*+{]/.test(source.replace(/\\.|\[(?:\\.|[^\]\\])*\]/gs, ''));
  if (!isRecursive) return sql;
  const problem = `column ${column}: Spark cannot match the pattern ${source} with a text of more than ${maxRecursion} characters. Load the file with DuckDB, or write the pattern without a repeated group`;
  return `CASE WHEN char_length(${text}) > ${maxRecursion} THEN CAST(raise_error(${sparkText(problem)}) AS BOOLEAN) ELSE ${sql} END`;
}

/** SQL for whether a value lies beyond a bound. The types of both sides are the same, so that Spark casts neither to a narrower one. */
function beyond(
  type: DataType,
  value: string,
  side: '<' | '>',
  { value: bound, exclusive }: RangeBound,
): string {
  const operator = `${side}${exclusive ? '=' : ''}`;
  switch (type.kind) {
    case 'timestamp':
      return `${value} ${operator} ${Date.parse(bound)}`;
    case 'date':
      return `${value} ${operator} DATE ${sparkText(bound)}`;
    case 'int64':
      return /^-?\d+$/.test(bound)
        ? beyondWhole(value, operator, BigInt(bound))
        : `CAST(${value} AS DOUBLE) ${operator} ${bound}D`;
    case 'decimal':
      return isNumberDecimal(type)
        ? `CAST(${value} AS DOUBLE) ${operator} ${bound}D`
        : // The bound has no more digits than the type.
          `${value} ${operator} CAST('${bound}' AS ${sparkType(type)})`;
    default:
      return `CAST(${value} AS DOUBLE) ${operator} ${bound}D`;
  }
}

const int64Limit = 2n ** 63n;

/** A bound that the type cannot hold is beyond all of its values. */
const always = (operator: string, bound: bigint): string => String(operator.startsWith('<') === bound > 0n);

const beyondWhole = (value: string, operator: string, bound: bigint): string =>
  bound < -int64Limit || bound >= int64Limit
    ? always(operator, bound)
    : `${value} ${operator} CAST('${bound}' AS BIGINT)`;
