import type { ModelShape, ServiceModel } from '../../../model/service-model.ts';

/** An input of an API made of a resource's properties. */
export interface ShapedInput {
  readonly input: Readonly<Record<string, unknown>>;
  /** The paths of properties that the API has no member for. */
  readonly unknown: readonly string[];
}

/**
 * Makes the input of an operation of a resource's properties. CloudFormation writes names with a capital, scalars as texts where it
 * likes, and tags as a list, also where the API has `camelCase`, numbers and a map; the model of the service says which.
 *
 * @param operation as the model names it, such as `CreateStream`
 * @example shapeInput(logs, 'PutRetentionPolicy', { RetentionInDays: '30', X: 1 }) // { input: { retentionInDays: 30 }, unknown: ['X'] }
 */
export function shapeInput(
  model: ServiceModel,
  operation: string,
  properties: Readonly<Record<string, unknown>>,
): ShapedInput {
  const unknown: string[] = [];
  const shape = model.operations[operation]?.input?.shape ?? '';
  const input = shaped(model, shape, properties, '', unknown);
  return { input: Object(input), unknown };
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function shaped(model: ServiceModel, name: string, value: unknown, path: string, unknown: string[]): unknown {
  const shape = model.shapes[name];
  if (shape === undefined || value === undefined || value === null) return value;
  return (makers[shape.type] ?? ((_model, _shape, same) => same))(model, shape, value, path, unknown);
}

type Maker = (
  model: ServiceModel,
  shape: ModelShape,
  value: unknown,
  path: string,
  unknown: string[],
) => unknown;

const number: Maker = (_model, _shape, value) => (typeof value === 'string' ? Number(value) : value);

const makers: Readonly<Record<string, Maker>> = {
  structure(model, { members = {} }, value, path, unknown) {
    if (!isObject(value)) return value;
    const byName = new Map(Object.keys(members).map((name) => [name.toLowerCase(), name]));
    const made: Record<string, unknown> = {};
    for (const [name, item] of Object.entries(value)) {
      const found = byName.get(name.toLowerCase());
      const inner = path === '' ? name : `${path}.${name}`;
      if (found === undefined) unknown.push(inner);
      else made[found] = shaped(model, members[found]?.shape ?? '', item, inner, unknown);
    }
    return made;
  },
  list(model, { member }, value, path, unknown) {
    const items = Array.isArray(value)
      ? value
      : isObject(value)
        ? tagsOf(model, member?.shape, value)
        : [value];
    return items.map((item, index) => shaped(model, member?.shape ?? '', item, `${path}[${index}]`, unknown));
  },
  map(model, { value: inner }, value, path, unknown) {
    const entries = Array.isArray(value)
      ? value.map((tag): [string, unknown] => [String(Object(tag).Key), Object(tag).Value])
      : Object.entries(Object(value));
    return Object.fromEntries(
      entries.map(([name, item]) => [
        name,
        shaped(model, inner?.shape ?? '', item, `${path}.${name}`, unknown),
      ]),
    );
  },
  string: (_model, _shape, value) => (typeof value === 'object' ? JSON.stringify(value) : String(value)),
  boolean: (_model, _shape, value) => (typeof value === 'string' ? value === 'true' : value),
  integer: number,
  long: number,
  double: number,
  float: number,
};

/** Tags of a map as the list of the API, whose structure has a key and a value. */
function tagsOf(
  model: ServiceModel,
  shape: string | undefined,
  tags: Readonly<Record<string, unknown>>,
): unknown[] {
  const [key = 'Key', value = 'Value'] = Object.keys(model.shapes[shape ?? '']?.members ?? {});
  return Object.entries(tags).map(([name, text]) => ({ [key]: name, [value]: text }));
}
