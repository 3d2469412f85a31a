import type { TableSchema } from '@headwater/core';
import { type LakeState, misfitText, readMisfits } from '@headwater/core/internal';
import type { LakeStore } from '@headwater/storage';

/** What keeps a definition from reading the lake's files: `problems` keep DuckDB out, `notes` other engines alone. */
export interface DefinitionFinding {
  readonly problems: readonly string[];
  readonly notes: readonly string[];
}

/**
 * Compares a definition with the committed files.
 *
 * @param kind where the lake is: other engines read lakes on S3 only
 */
export function checkDefinition(
  schema: TableSchema,
  state: LakeState,
  kind: LakeStore['kind'],
): DefinitionFinding {
  const problems = readMisfits(schema, state, { engine: 'duckdb' }).map(misfitText);
  if (kind !== 's3') return { problems, notes: [] };
  const engines = ['trino', 'athena'] as const;
  const found = engines.flatMap((engine) =>
    readMisfits(schema, state, { engine }).map((misfit) => ({ engine, text: misfitText(misfit) })),
  );
  const remote = Map.groupBy(
    found.filter(({ text }) => !problems.includes(text)),
    ({ text }) => text,
  );
  const notes = [...remote].map(
    ([text, of]) => `${of.map(({ engine }) => engine).join(' and ')} would answer wrongly: ${text}`,
  );
  return { problems, notes };
}
