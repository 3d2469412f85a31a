import type { DetectorDefinitions } from './detector.ts';

/** Some of the parameters, in place of their defaults. */
export type ChangedParameters<Parameters> = {
  readonly [Name in keyof Parameters]?: Changed<Parameters[Name]> | undefined;
};

type Changed<Value> = Value extends number
  ? number
  : Value extends boolean
    ? boolean
    : Value extends string
      ? string
      : Value extends readonly (infer Item)[]
        ? readonly Changed<Item>[]
        : ChangedParameters<Value>;

/** The parameters of some detectors, by the name of the detector. Detectors whose names are not known to the compiler are not checked. */
export type ParametersOf<Definitions extends DetectorDefinitions> = string extends keyof Definitions
  ? Readonly<Record<string, unknown>>
  : { readonly [Name in keyof Definitions]?: ChangedParameters<Definitions[Name]['defaults']> | undefined };

/** The parameters of a detector: its defaults, and what was given in their place. */
export function mergeParameters<Parameters extends object>(
  defaults: Parameters,
  given: ChangedParameters<Parameters> | undefined,
): Parameters {
  if (given === undefined) return defaults;
  const changed = Object.entries(given).flatMap(([name, value]) => {
    const known = defaults[name as keyof Parameters];
    if (value === undefined) return [];
    return [[name, isGroup(known) ? mergeParameters(known, value as object) : value]];
  });
  return { ...defaults, ...Object.fromEntries(changed) };
}

/** Whether a value holds parameters, and is none itself. */
export const isGroup = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
