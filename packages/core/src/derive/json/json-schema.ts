import type { CleaningStep, RangeBound, StepOf } from '../../table/cleaning-step.ts';
import type { Column, TableSchema } from '../../table/table-schema.ts';
import { type JsonSchema, jsonType, orNull } from './json-type.ts';

const isStep =
  <Name extends CleaningStep['step']>(name: Name) =>
  (step: CleaningStep): step is StepOf<Name> =>
    step.step === name;

/** The bound as a JSON number. Undefined when no number represents it exactly (a date, or an int64 beyond 2^53). */
function numberOf(bound: RangeBound | undefined): number | undefined {
  const value = Number(bound?.value);
  return Number.isNaN(value) || (Number.isInteger(value) && !Number.isSafeInteger(value)) ? undefined : value;
}

/** The keyword for an exclusive bound of each side, and the direction in which a bound is tighter. */
const sides = {
  minimum: { exclusive: 'exclusiveMinimum', inward: 1 },
  maximum: { exclusive: 'exclusiveMaximum', inward: -1 },
} as const;

/** The tightest bound of one side, among the type's own bound and those of the steps. */
function boundOf(own: JsonSchema, steps: readonly StepOf<'range'>[], side: keyof typeof sides): JsonSchema {
  const { exclusive, inward } = sides[side];
  const bounds = [
    { value: own[side], exclusive: false },
    { value: own[exclusive], exclusive: true },
    ...steps.map((step) => ({ value: numberOf(step[side]), exclusive: step[side]?.exclusive ?? false })),
  ].flatMap((bound) => (bound.value === undefined ? [] : [{ ...bound, value: bound.value }]));
  const [tightest] = bounds.sort(
    (left, right) => inward * (right.value - left.value) || Number(right.exclusive) - Number(left.exclusive),
  );
  return tightest ? { [tightest.exclusive ? exclusive : side]: tightest.value } : {};
}

function lengthsOf(steps: readonly StepOf<'length'>[]): JsonSchema {
  const least = Math.max(0, ...steps.map((step) => step.minimum ?? 0));
  const most = Math.min(...steps.map((step) => step.maximum ?? Number.POSITIVE_INFINITY));
  return {
    ...(least > 0 ? { minLength: least } : {}),
    ...(Number.isFinite(most) ? { maxLength: most } : {}),
  };
}

function patternsOf(steps: readonly StepOf<'pattern'>[]): JsonSchema {
  const patterns = steps.map((step) => ({ pattern: step.source }));
  return patterns.length > 1 ? { allOf: patterns } : (patterns[0] ?? {});
}

/** JSON Schema has no bounds for a decimal that is text. If its minimum is not negative, the pattern allows no sign. */
function textDecimal({ pattern }: JsonSchema, ranges: readonly StepOf<'range'>[]): JsonSchema {
  const isSigned = ranges.every(({ minimum }) => minimum === undefined || minimum.value.startsWith('-'));
  return pattern === undefined || isSigned ? {} : { pattern: pattern.replace('^-?', '^') };
}

function propertyOf({ type, steps, nullable, description, unit, pii }: Column): JsonSchema {
  const own = jsonType(type);
  const { minimum: _0, maximum: _1, exclusiveMinimum: _2, exclusiveMaximum: _3, ...unbounded } = own;
  const ranges = steps.filter(isStep('range'));
  const property: JsonSchema = {
    ...(description ? { description } : {}),
    ...unbounded,
    ...(own.type === 'string'
      ? textDecimal(own, ranges)
      : { ...boundOf(own, ranges, 'minimum'), ...boundOf(own, ranges, 'maximum') }),
    ...lengthsOf(steps.filter(isStep('length'))),
    ...patternsOf(steps.filter(isStep('pattern'))),
    ...(unit ? { 'x-unit': unit } : {}),
    ...(pii === 'none' ? {} : { 'x-pii': pii }),
  };
  return nullable ? orNull(property) : property;
}

/**
 * The JSON Schema (draft 2020-12) of one clean row as JSON: int64 as an integer, decimals as their JavaScript type (a
 * number up to 15 digits, else text), timestamps as ISO 8601 text. Ranges, lengths, patterns and enum values are those that
 * cleaning checks. Bounds of times, of integers beyond 2^53 and of decimals that are text are omitted (except the sign), because
 * JSON has no exact number for them. So the schema may be wider than cleaning but never narrower. `x-pii` and `x-unit` have the
 * PII class and the unit.
 *
 * @example
 * ```ts
 * const validate = new Ajv2020({ strictSchema: false }).compile(deriveJsonSchema(clickstream.schema));
 * ```
 */
export function deriveJsonSchema(schema: TableSchema): JsonSchema {
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: schema.name,
    ...(schema.description ? { description: schema.description } : {}),
    type: 'object',
    properties: Object.fromEntries(schema.columns.map((column) => [column.name, propertyOf(column)])),
    required: schema.columns.filter((column) => !column.nullable).map((column) => column.name),
    additionalProperties: false,
  };
}
