import { HeadwaterError } from '../errors/headwater-error.ts';
import { addedChecks } from './added-checks.ts';
import { assertPossible } from './assert-possible.ts';
import type { CleaningStep, RangeBound } from './cleaning-step.ts';
import { type DecimalBounds, decimals } from './column-type.ts';
import type { DataTypeKind } from './data-type.ts';
import type { ZodReading } from './from-zod.ts';
import { portablePattern } from './portable-pattern.ts';

interface CheckDef {
  readonly check: string;
  readonly format?: string;
  readonly pattern?: RegExp;
  readonly value?: unknown;
  readonly inclusive?: boolean;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly length?: number;
}
type Refuse = (problem: string, fix: string) => never;
type CheckReader = (def: CheckDef, refuse: Refuse, kind: DataTypeKind) => CleaningStep | undefined;

function boundOf({ value, inclusive }: CheckDef, refuse: Refuse): RangeBound {
  const exclusive = inclusive === false;
  if (value instanceof Date) {
    const year = value.getUTCFullYear();
    // The range of timestamps. An invalid Date has no year.
    if (!(year >= 1 && year <= 9999))
      return refuse('a bound is not a date from year 1 to 9999', 'Use a valid Date');
    return { value: value.toISOString(), exclusive };
  }
  if (typeof value === 'number' && !Number.isFinite(value))
    return refuse(`the bound ${value} is not a finite number`, 'Remove the bound');
  return { value: String(value), exclusive };
}

/** Lengths and patterns are defined for text only, because a value of another kind can be spelled in several ways. */
function onText(read: CheckReader): CheckReader {
  return (def, refuse, kind) =>
    kind === 'string'
      ? read(def, refuse, kind)
      : refuse(
          `the zod check "${def.check}" needs text, and the column is ${kind}`,
          kind === 'decimal'
            ? 'Pass the bounds to decimal() itself, as in decimal(20, 2, { min: "0" })'
            : 'Use such checks on z.string() only',
        );
}

function boundSteps({ min, gt, max, lt }: DecimalBounds<string>): CleaningStep[] {
  const step = (
    side: 'minimum' | 'maximum',
    value: string | undefined,
    exclusive: boolean,
  ): CleaningStep[] => (value === undefined ? [] : [{ step: 'range', [side]: { value, exclusive } }]);
  return [
    ...step('minimum', min, false),
    ...step('minimum', gt, true),
    ...step('maximum', max, false),
    ...step('maximum', lt, true),
  ];
}

/** One reader per zod check. Other checks do not mean the same on every engine, and are rejected. */
const readers: Record<string, CheckReader> = {
  greater_than: (def, refuse) => ({ step: 'range', minimum: boundOf(def, refuse) }),
  less_than: (def, refuse) => ({ step: 'range', maximum: boundOf(def, refuse) }),
  min_length: onText((def) => ({ step: 'length', minimum: def.minimum ?? 0 })),
  max_length: onText((def) => ({ step: 'length', maximum: def.maximum ?? 0 })),
  length_equals: onText((def) => ({ step: 'length', minimum: def.length ?? 0, maximum: def.length ?? 0 })),
  string_format: onText((def, refuse) =>
    def.format === 'regex' && def.pattern
      ? { step: 'pattern', source: portablePattern(def.pattern, refuse) }
      : refuse(`the format "${def.format}" is not checked in the same way by every engine`, 'Use a regex'),
  ),
  number_format: (_def, refuse, kind) =>
    kind === 'int32'
      ? undefined
      : refuse(
          `.int() does not make a ${kind} column an integer column`,
          'Use z.int32() for a number or z.int64() for a bigint',
        ),
};

/**
 * Converts the checks of a zod type (`.min()`, `.regex()`, enum values and so on) to cleaning steps, so that every engine
 * applies them.
 */
export function checksFromZod(table: string, column: string, reading: ZodReading): CleaningStep[] {
  const refuse: Refuse = (problem, fix) => {
    throw new HeadwaterError('DEFINITION_INVALID', { table, column, problem, fix });
  };
  const steps: CleaningStep[] = [];
  if (reading.type.kind === 'enum') steps.push({ step: 'one-of', values: reading.type.values });
  const decimal = decimals.get(reading.inner);
  if (decimal) steps.push(...boundSteps(decimal.bounds));
  for (const check of addedChecks(reading.inner)) {
    const def = check._zod.def as CheckDef;
    const read = readers[def.check];
    if (!read)
      refuse(
        `the zod check "${def.check}" runs only in JavaScript`,
        'Use minimum, maximum, length, regex or an enum',
      );
    const step = read?.(def, refuse, reading.type.kind);
    if (step) steps.push(step);
  }
  assertPossible(steps, refuse);
  return steps;
}
