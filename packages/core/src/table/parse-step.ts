import type { DefinitionProblem } from '../errors/definition-problem.ts';
import { HeadwaterError } from '../errors/headwater-error.ts';
import { zoneProblem } from '../time-zone/assert-zone.ts';
import type { StepOf } from './cleaning-step.ts';
import { times } from './column-type.ts';
import type { DataTypeKind } from './data-type.ts';
import type { ZodReading } from './from-zod.ts';
import { type NumberFormat, numberFormatProblem } from './number-format.ts';
import { epochUnits, type TimeFormat } from './time-format.ts';
import { ambiguousFormats, timeFormatProblem } from './time-format-problem.ts';

const numbers: readonly DataTypeKind[] = ['int32', 'int64', 'double', 'decimal'];

/**
 * The `parse` step of a column, with the formats of its times and numbers.
 *
 * @throws HeadwaterError `DEFINITION_INVALID` for a format that is not exact, and for one that the column's type does not have
 */
export function parseStep(table: string, column: string, reading: ZodReading): StepOf<'parse'> {
  const time = times.get(reading.inner)?.time;
  const number = reading.metadata.numberFormat;
  const problem =
    (time && timeProblem(time)) ??
    (number && (kindProblem(reading.type.kind) ?? numberFormatProblem(number)));
  if (problem) throw new HeadwaterError('DEFINITION_INVALID', { table, column, ...problem });
  return {
    step: 'parse',
    ...(time ? { time } : {}),
    ...(number ? { number: withoutDefaults(number) } : {}),
  };
}

function kindProblem(kind: DataTypeKind): DefinitionProblem | undefined {
  return numbers.includes(kind)
    ? undefined
    : {
        problem: `has a numberFormat, and its type is ${kind}`,
        fix: `A number format is for ${numbers.join(', ')}`,
      };
}

/** Two spellings of one format are one definition. */
function withoutDefaults({ decimal, group, currency = [], negative }: NumberFormat): NumberFormat {
  return {
    decimal: decimal ?? '.',
    ...(group === undefined ? {} : { group }),
    ...(currency.length > 0 ? { currency } : {}),
    ...(negative === undefined || negative === 'leading' ? {} : { negative }),
  };
}

function timeProblem({ from, formats, zone, ...others }: TimeFormat): DefinitionProblem | undefined {
  const [other] = Object.keys(others);
  if (other) return { problem: `timestamp() has the option "${other}"`, fix: 'Use from, formats and zone' };
  if (from !== undefined) {
    if (!epochUnits.includes(from))
      return { problem: `timestamp() reads from "${from}"`, fix: `Use one of ${epochUnits.join(', ')}` };
    if (formats !== undefined || zone !== undefined)
      return {
        problem: `timestamp() reads from ${from}, which has no ${formats === undefined ? 'zone' : 'formats'}`,
        fix: 'A count since 1970 is in UTC. Set either from, or formats and zone',
      };
    return undefined;
  }
  if (formats !== undefined && !(Array.isArray(formats) && formats.length > 0))
    return { problem: 'timestamp() has no formats', fix: "List them, as in formats: ['M/D/YYYY H:mm']" };
  for (const format of formats ?? []) {
    const problem = timeFormatProblem(String(format));
    if (problem) return problem;
  }
  return ambiguousFormats(formats ?? []) ?? (zone === undefined ? undefined : zoneProblem(zone));
}
