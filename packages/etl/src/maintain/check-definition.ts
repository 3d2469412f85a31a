import type { TableSchema } from '@headwater/core';
import { type FileReader, type LakeState, misfitText, readMisfits } from '@headwater/core/internal';
import type { LakeStore } from '@headwater/storage';
import type { LakeProblem } from './lake-problem.ts';

/** The committed files that do not fit the definition: `problems` stop DuckDB, `notes` only other engines. */
export interface DefinitionFinding {
  readonly problems: readonly LakeProblem[];
  readonly notes: readonly string[];
}

/**
 * Compares a definition with the committed files.
 *
 * @param kind where the lake is: other engines read only lakes on S3
 */
export function checkDefinition(
  schema: TableSchema,
  state: LakeState,
  kind: LakeStore['kind'],
): DefinitionFinding {
  const misfitsOf = (engine: FileReader['engine']) =>
    readMisfits(schema, state, { engine }).map((misfit) => ({
      engine,
      problem: misfitText(misfit),
      fix: misfit.fix.replace(/^./, (first) => first.toUpperCase()),
    }));
  const found = misfitsOf('duckdb');
  const problems = found.map(({ problem, fix }) => ({ file: schema.name, problem, fix }));
  if (kind !== 's3') return { problems, notes: [] };
  const remote = [...misfitsOf('trino'), ...misfitsOf('athena')].filter(
    ({ problem }) => !found.some((one) => one.problem === problem),
  );
  const notes = [...Map.groupBy(remote, ({ problem, fix }) => `${problem}. ${fix}`)].map(
    ([text, of]) => `${of.map(({ engine }) => engine).join(' and ')} would return wrong rows: ${text}`,
  );
  return { problems, notes };
}
