import type { TableSchema } from '@headwater/core';
import { hasRole, tableActions } from '@headwater/core/internal';
import { detectionKinds } from './detection-kinds.ts';
import type { DetectionSettings } from './detection-options.ts';
import type { DetectorDefinition, DetectorDefinitions } from './detector.ts';
import { isGroup } from './detector-parameters.ts';
import { detectorTable } from './detector-table.ts';

/** What is wrong with one word of the settings of detection, and what to write. */
interface DetectionProblem {
  /** Such as `detection.actors.scraper.rows`. */
  readonly field: string;
  readonly problem: string;
  readonly fix: string;
}

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');
const isNumberFrom = (value: unknown, least: number, most: number): boolean =>
  typeof value === 'number' && value >= least && value <= most;

const words: Readonly<Record<keyof DetectionSettings, (value: unknown) => string | undefined>> = {
  allow: (value) =>
    isTexts(value) ? undefined : "Expected a list of actors' ids as text, such as ['541312140']",
  off: (value) =>
    isTexts(value) && value.every((one) => Object.hasOwn(detectionKinds, one))
      ? undefined
      : `Expected a list of kinds: ${Object.keys(detectionKinds).join(', ')}`,
  lateness: (value) => (isNumberFrom(value, 0, 86_400) ? undefined : 'Expected seconds from 0 to 86400'),
  quiet: (value) => (isNumberFrom(value, 60, 86_400) ? undefined : 'Expected seconds from 60 to 86400'),
};

/**
 * Everything that is wrong with the field `detection` of the settings of a stream, of any type; nothing where it can be used.
 *
 * @param schema the table of the stream; without it, what detectors need of the table is not checked
 * @example detectionProblems({ latenes: 5 })[0]?.field // 'detection.latenes'
 */
export function detectionProblems(
  value: unknown,
  schema?: TableSchema,
  detectors: DetectorDefinitions = detectorTable,
): readonly DetectionProblem[] {
  const known = [...Object.keys(words), ...Object.keys(detectors)].join(', ');
  if (!isGroup(value)) return [{ field: 'detection', problem: 'is no object', fix: `Write { ${known} }` }];
  return Object.entries(value).flatMap(([name, given]) => {
    const field = `detection.${name}`;
    if (given === undefined) return [];
    if (Object.hasOwn(words, name)) {
      const fix = words[name as keyof DetectionSettings](given);
      return fix === undefined ? [] : [{ field, problem: written(given), fix }];
    }
    const definition = Object.hasOwn(detectors, name) ? detectors[name] : undefined;
    if (definition === undefined) return [{ field, problem: 'is not known', fix: `Expected ${known}` }];
    return [
      ...(schema ? tableProblems(field, definition, schema) : []),
      ...parameterProblems(given, definition.defaults, { field, path: '', ranges: definition.ranges ?? {} }),
    ];
  });
}

/** What a table lacks for a detector whose parameters are set. */
function tableProblems(
  field: string,
  { needs }: Pick<DetectorDefinition<object>, 'needs'>,
  schema: TableSchema,
): readonly DetectionProblem[] {
  const lacking = [
    ...needs.roles.filter((role) => !hasRole(schema, role)).map((role) => `the role ${role}`),
    ...needs.actions
      .filter((action) => !tableActions(schema).has(action))
      .map((action) => `the action ${action}`),
  ];
  return lacking.length === 0
    ? []
    : [
        {
          field,
          problem: `is of a detector that needs ${lacking.join(' and ')}, which ${schema.name} does not have`,
          fix: 'Add it to the table, or leave the parameters out',
        },
      ];
}

interface ParameterPlace {
  readonly field: string;
  /** Within the detector: `scraper.rows`. */
  readonly path: string;
  readonly ranges: NonNullable<DetectorDefinition<object>['ranges']>;
}

function parameterProblems(
  given: unknown,
  known: unknown,
  { field, path, ranges }: ParameterPlace,
): readonly DetectionProblem[] {
  const fix = (expected: string) => [{ field, problem: written(given), fix: `Expected ${expected}` }];
  if (isGroup(known)) {
    const names = Object.keys(known).join(', ');
    if (!isGroup(given)) return fix(`an object with some of ${names}`);
    return Object.entries(given).flatMap(([name, value]) => {
      const inner = { field: `${field}.${name}`, path: path === '' ? name : `${path}.${name}`, ranges };
      if (!Object.hasOwn(known, name))
        return [{ field: inner.field, problem: 'is not known', fix: `Expected ${names}` }];
      return value === undefined
        ? []
        : parameterProblems(value, (known as Readonly<Record<string, unknown>>)[name], inner);
    });
  }
  if (typeof known === 'number') {
    const [least, most] = ranges[path] ?? usualRange(known);
    if (isNumberFrom(given, least, most)) return [];
    return fix(Number.isFinite(most) ? `a number from ${least} to ${most}` : `a number from ${least}`);
  }
  if (Array.isArray(known)) {
    const [item] = known;
    return Array.isArray(given) && given.every((one) => typeof one === typeof item)
      ? []
      : fix(`a list of ${typeof item}s`);
  }
  return typeof given === typeof known ? [] : fix(`a ${typeof known}`);
}

/** A default between 0 and 1 is that of a share. */
const usualRange = (known: number): readonly [number, number] =>
  known > 0 && known < 1 ? [0, 1] : [0, Number.MAX_VALUE];

function written(value: unknown): string {
  return `is ${JSON.stringify(value) ?? String(value)}`;
}
