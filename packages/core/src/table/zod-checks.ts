import type { z } from 'zod';
import type { CleaningStep, RangeBound } from '../clean/cleaning-step.ts';
import { HeadwaterError } from '../errors/headwater-error.ts';
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

const bound = (value: unknown, inclusive: boolean | undefined): RangeBound => ({
  value: value instanceof Date ? value.toISOString() : String(value),
  exclusive: inclusive === false,
});

/** One reader per zod check; what is not listed has no meaning that every engine shares, and is refused. */
const readers: Record<string, (def: CheckDef, refuse: Refuse) => CleaningStep | undefined> = {
  greater_than: (def) => ({ step: 'range', minimum: bound(def.value, def.inclusive) }),
  less_than: (def) => ({ step: 'range', maximum: bound(def.value, def.inclusive) }),
  min_length: (def) => ({ step: 'length', minimum: def.minimum ?? 0 }),
  max_length: (def) => ({ step: 'length', maximum: def.maximum ?? 0 }),
  length_equals: (def) => ({ step: 'length', minimum: def.length ?? 0, maximum: def.length ?? 0 }),
  string_format: (def, refuse) =>
    def.format === 'regex' && def.pattern
      ? { step: 'pattern', source: portablePattern(def.pattern, refuse) }
      : refuse(`the format "${def.format}" is not checked alike by every engine`, 'Use a regex'),
  number_format: () => undefined,
  bigint_format: () => undefined,
};

/**
 * The checks that a zod type carries (`.min()`, `.regex()`, enum values and so on) as cleaning steps,
 * so that a rule written once in zod holds in SQL as well.
 */
export function checksFromZod(table: string, column: string, reading: ZodReading): CleaningStep[] {
  const refuse: Refuse = (problem, fix) => {
    throw new HeadwaterError('DEFINITION_INVALID', { table, column, problem, fix });
  };
  const steps: CleaningStep[] = [];
  if (reading.type.kind === 'enum') steps.push({ step: 'one-of', values: reading.type.values });
  // The regex inside decimal() above 15 digits describes the JavaScript spelling; parsing already says it.
  const ownRegex = reading.type.kind === 'decimal';
  for (const check of (reading.inner._zod.def as { checks?: z.core.$ZodCheck<never>[] }).checks ?? []) {
    const def = check._zod.def as CheckDef;
    if (ownRegex && def.check === 'string_format') continue;
    const read = readers[def.check];
    if (!read)
      refuse(
        `the zod check "${def.check}" runs only in JavaScript`,
        'Use minimum, maximum, length, regex or an enum',
      );
    const step = read?.(def, refuse);
    if (step) steps.push(step);
  }
  return steps;
}
