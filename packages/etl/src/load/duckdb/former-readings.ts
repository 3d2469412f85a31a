import type { Column, TableSchema } from '@headwater/core';
import { columnOf, type DataFile, duckdbType, type LakeState, schemaAt } from '@headwater/core/internal';

/** How definitions of the lake read an actor whose column had another type than now. */
export interface FormerReading {
  /** The actor's column with the type of then. The steps before parsing are those of now: a manifest does not have them. */
  readonly column: Column;
  /** The fingerprints of these definitions. */
  readonly fingerprints: readonly string[];
}

/** The kinds that an actor may have had, by their type in DuckDB, in which one id has several spellings. */
const spelledKinds = { INTEGER: 'int32', BIGINT: 'int64', UUID: 'uuid' } as const;

/**
 * The readings of an actor by the definitions that the lake has files of, where they may differ from that of now: `011` was the number 11,
 * and is a text of its own since the column is a text.
 */
export function formerReadings(schema: TableSchema, { schemas }: LakeState): FormerReading[] {
  const column = actorColumn(schema);
  const typed = schemas.flatMap((span) => {
    const type = typeThen(column, span.columns);
    return type === undefined || type === duckdbType(column.type) || !Object.hasOwn(spelledKinds, type)
      ? []
      : [{ type: type as keyof typeof spelledKinds, fingerprint: span.fingerprint }];
  });
  return [...Map.groupBy(typed, ({ type }) => type)].map(([type, some]) => ({
    column: { ...column, type: { kind: spelledKinds[type] }, steps: plainSteps(column) },
    fingerprints: [...new Set(some.map(({ fingerprint }) => fingerprint))],
  }));
}

/** The column with the role of the actor. */
export const actorColumn = (schema: TableSchema): Column => columnOf(schema, schema.roles.actor ?? '');

/** The place among {@link formerReadings} of the definition that wrote a file; -1 where it read the actor as that of now does. */
export function readingOf(
  readings: readonly FormerReading[],
  state: LakeState,
  { path }: Pick<DataFile, 'path'>,
): number {
  const then = schemaAt(state, state.addedBy.get(path) ?? 0)?.fingerprint ?? '';
  return readings.findIndex(({ fingerprints }) => fingerprints.includes(then));
}

const typeThen = (
  { name, renamedFrom }: Column,
  columns: LakeState['schemas'][number]['columns'],
): string | undefined => columns.find((one) => [name, ...renamedFrom].includes(one.name))?.type;

/** The steps of a column without the checks of its values: these are checks of the type of now. */
const plainSteps = ({ steps }: Column): Column['steps'] =>
  steps.filter(({ step }) => !['range', 'pattern', 'length', 'one-of'].includes(step));
