import type { VegaLiteSpec } from './chart-frame.ts';
import { ticksOfWords } from './words-of-ticks.ts';

/** A specification apart from its figures and its width, so that drawings of one shape share a compiled view. */
export interface SpecShape {
  /** Equal for specifications that differ in figures and width alone. */
  readonly key: string;
  /** With the name of a data set in place of each list of rows, and a parameter in place of each end and each word of an axis. */
  readonly spec: VegaLiteSpec;
  /** Of the whole drawing, in CSS pixels. */
  readonly width: number;
  /** The rows, by the name of their data set. */
  readonly rows: ReadonlyMap<string, readonly object[]>;
  /** The values of the parameters, by their name. */
  readonly parameters: ReadonlyMap<string, unknown>;
}

const anyWidth = 600;

type Members = Readonly<Record<string, unknown>>;

/** Takes the figures out of a specification: the rows of its layers, the ends of its scales, and the values and words of its axes. */
export function shapeOf(spec: VegaLiteSpec): SpecShape {
  const rows = new Map<string, readonly object[]>();
  const parameters = new Map<string, unknown>();
  const known = new Map<string, string>();
  // Layers share a scale when they have the same expression, so equal values have one parameter.
  const parameterOf = (value: unknown): string => {
    const text = JSON.stringify(value);
    const name = known.get(text) ?? `figure${known.size}`;
    known.set(text, name);
    parameters.set(name, value);
    return name;
  };
  const visit = (name: string, value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((one) => visit('', one));
    if (typeof value !== 'object' || value === null) return value;
    const members = value as Members;
    if (name === 'data' && Array.isArray(members['values'])) {
      const set = `rows${rows.size}`;
      rows.set(set, members['values']);
      return { name: set };
    }
    const visited = Object.entries(members).map(([key, one]) => [key, visit(key, one)] as const);
    const own = Object.fromEntries(visited);
    if (name === 'scale') return { ...own, ...domainOf(members, parameterOf) };
    return name === 'axis' ? { ...own, ...wordsOf(members, parameterOf) } : own;
  };
  // A view gets the width of each drawing as well.
  const shape = { ...(visit('', spec) as VegaLiteSpec), width: anyWidth };
  const params = [...parameters].map(([name, value]) => ({ name, value }));
  return {
    key: JSON.stringify([shape, [...parameters.keys()]]),
    spec: { ...shape, params },
    width: spec.width,
    rows,
    parameters,
  };
}

type ParameterOf = (value: unknown) => string;

/** The two ends of a scale of numbers. A list of names or of levels belongs to the shape. */
function domainOf({ domain }: Members, parameterOf: ParameterOf): object {
  const isEnds = Array.isArray(domain) && domain.length === 2 && domain.every((end) => Number.isFinite(end));
  if (!isEnds) return {};
  const name = parameterOf(domain);
  return { domain: [{ expr: `${name}[0]` }, { expr: `${name}[1]` }] };
}

function wordsOf({ values, labelExpr }: Members, parameterOf: ParameterOf): object {
  const words = typeof labelExpr === 'string' ? ticksOfWords(labelExpr) : undefined;
  return {
    ...(Array.isArray(values) ? { values: { expr: parameterOf(values) } } : {}),
    ...(words === undefined ? {} : { labelExpr: `${parameterOf(words)}[datum.value]` }),
  };
}
