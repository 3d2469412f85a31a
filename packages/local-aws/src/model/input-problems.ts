import type { ModelShape, ServiceModel } from './service-model.ts';

/**
 * What is wrong with the input of an operation by its model: unknown and missing members, members of a union, types, lengths, ranges, patterns, enums.
 *
 * @returns one sentence for each problem; empty for a valid input
 * @example inputProblems(databrew, 'CreateRecipe', { Name: '' }) // ['CreateRecipe.Name has 0, at least 1 is needed', 'CreateRecipe.Steps is missing']
 */
export function inputProblems(model: ServiceModel, operation: string, input: unknown): string[] {
  const name = model.operations[operation]?.input?.shape;
  return name === undefined ? [] : problemsOf(model, name, input, operation);
}

type Check = (model: ServiceModel, shape: ModelShape, value: unknown, path: string) => string[];

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const checks: Readonly<Record<string, Check>> = {
  structure(model, { members = {}, required = [], union, documentation: saysOneMember }, value, path) {
    if (!isObject(value)) return [`${path} is no structure`];
    const missing = required.filter((name) => value[name] === undefined);
    const given = Object.keys(value).filter((name) => value[name] !== undefined && value[name] !== null);
    return [
      ...((union || saysOneMember) && given.length > 1
        ? [`${path} has ${given.join(' and ')}, and only one of them may be given`]
        : []),
      ...missing.map((name) => `${path}.${name} is missing`),
      ...Object.entries(value).flatMap(([name, inner]) => {
        const member = members[name];
        if (inner === undefined || inner === null) return [];
        return member
          ? problemsOf(model, member.shape, inner, `${path}.${name}`)
          : [`${path}.${name} is unknown`];
      }),
    ];
  },
  list(model, { member }, value, path) {
    if (!Array.isArray(value)) return [`${path} is no list`];
    return value.flatMap((item, index) =>
      member ? problemsOf(model, member.shape, item, `${path}[${index}]`) : [],
    );
  },
  map(model, { key, value: inner }, value, path) {
    if (!isObject(value)) return [`${path} is no map`];
    return Object.entries(value).flatMap(([name, item]) => [
      ...(key ? problemsOf(model, key.shape, name, `${path} key ${JSON.stringify(name)}`) : []),
      ...(inner ? problemsOf(model, inner.shape, item, `${path}[${JSON.stringify(name)}]`) : []),
    ]);
  },
  string: typed('string'),
  boolean: typed('boolean'),
  integer: whole,
  long: whole,
  double: typed('number'),
  float: typed('number'),
};

function typed(type: 'string' | 'boolean' | 'number'): Check {
  return (_model, _shape, value, path) => (typeof value === type ? [] : [`${path} is no ${type}`]);
}

function whole(_model: ServiceModel, _shape: ModelShape, value: unknown, path: string): string[] {
  return Number.isInteger(value) ? [] : [`${path} is no whole number`];
}

function problemsOf(model: ServiceModel, name: string, value: unknown, path: string): string[] {
  const shape = model.shapes[name];
  if (!shape) return [];
  const problems = checks[shape.type]?.(model, shape, value, path) ?? [];
  return problems.length > 0 ? problems : constraintProblems(shape, value, path);
}

/** @returns the length of a text in code points, of a list or a map in members; the value of a number */
function sizeOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return [...value].length;
  if (Array.isArray(value)) return value.length;
  return isObject(value) ? Object.keys(value).length : undefined;
}

function constraintProblems(
  { type, min, max, pattern, enum: words }: ModelShape,
  value: unknown,
  path: string,
): string[] {
  const size = type === 'structure' ? undefined : sizeOf(value);
  return [
    ...(size !== undefined && min !== undefined && size < min
      ? [`${path} has ${size}, at least ${min} is needed`]
      : []),
    ...(size !== undefined && max !== undefined && size > max
      ? [`${path} has ${size}, at most ${max} is allowed`]
      : []),
    ...(typeof value === 'string' && words && !words.includes(value)
      ? [`${path} is ${JSON.stringify(value)}, not one of ${words.join(', ')}`]
      : []),
    ...(typeof value === 'string' && pattern !== undefined && !matches(pattern, value)
      ? [`${path} is ${JSON.stringify(value)}, which does not match ${pattern}`]
      : []),
  ];
}

/** A flag of Java that begins a group: everything after it ignores case. */
const ignoringCase = '(?i)';

// The models spell the characters beyond the first plane as Java does, by two halves. A flag within a pattern holds for all of it here.
const matches = (pattern: string, value: string): boolean =>
  expressionOf(
    `^(?:${pattern
      .replaceAll('\\uD800\\uDC00-\\uDBFF\\uDFFF', '\\u{10000}-\\u{10FFFF}')
      .replaceAll('\\_', '_')
      .replaceAll(ignoringCase, '')})$`,
    pattern.includes(ignoringCase) ? 'i' : '',
  ).test(value);

/** Some patterns escape characters that need no escape, which an expression of Unicode refuses. */
function expressionOf(source: string, flags: string): RegExp {
  try {
    return new RegExp(source, `${flags}u`);
  } catch {
    return new RegExp(source, flags);
  }
}
