import { assessSchemas, type Column, HeadwaterError, type TableSchema } from '@headwater/core';
import {
  assertPartitioning,
  dataTypeOfDuckdb,
  type LakeState,
  type ManifestSchema,
  schemaFingerprint,
} from '@headwater/core/internal';
import type { WriteOptions } from './write-options.ts';

type FileColumn = ManifestSchema['columns'][number];

/**
 * Refuses to write under a definition that the lake's files do not fit, or that takes away what they hold: the verdicts
 * on DuckDB of the changes since the last commit. Each such change can be allowed by its id, but for other folders.
 *
 * @throws HeadwaterError `SCHEMA_INCOMPATIBLE` naming every change that is not allowed, `PARTITIONING_CHANGED`
 */
export function assertFilesFit({ table, lake, allow = [] }: WriteOptions, state: LakeState): void {
  const { schema } = table;
  const last = state.schemas.at(-1);
  if (!last || last.fingerprint === schemaFingerprint(schema)) return;
  assertPartitioning(schema, state, lake);
  const { changes } = assessSchemas({ version: '1.0.0', schema: schemaOfFiles(schema, state) }, schema);
  const unfit = changes
    .filter(({ verdicts, destructive }) => destructive || verdicts.duckdb.verdict === 'incompatible')
    .filter(({ id }) => !allow.includes(id));
  if (unfit.length > 0)
    throw new HeadwaterError('SCHEMA_INCOMPATIBLE', {
      table: schema.name,
      lake,
      changes: unfit.map(({ id, text }) => `${text} (${id})`),
    });
}

/**
 * The definition that the files follow, as far as the lake remembers it: the last one's columns, and those of before
 * that come back, so that an old name cannot return with another type.
 */
function schemaOfFiles(schema: TableSchema, { schemas }: LakeState): TableSchema {
  const last = schemas.at(-1)?.columns ?? [];
  const taken = new Set(last.map(({ name }) => name));
  const returning = schema.columns.flatMap(({ name, renamedFrom }) =>
    [name, ...renamedFrom].some((one) => taken.has(one)) ? [] : [name],
  );
  const earlier = schemas.flatMap(({ columns }) => columns.filter(({ name }) => returning.includes(name)));
  const columns = new Map([...earlier, ...last].map((column) => [column.name, column]));
  return {
    ...schema,
    columns: [...columns.values()].flatMap((column) => columnOfFiles(schema, column)),
  };
}

/** Words, cleaning and the like are not remembered, so they count as unchanged. */
function columnOfFiles(schema: TableSchema, { name, type, nullable }: FileColumn): Column[] {
  const stored = dataTypeOfDuckdb(type);
  if (!stored) return [];
  const now = schema.columns.find((column) => column.name === name || column.renamedFrom.includes(name));
  const unknown = { description: '', pii: 'none', aliases: [], renamedFrom: [], steps: [] } as const;
  return [
    {
      ...(now ?? unknown),
      name,
      type: stored,
      nullable,
      renamedFrom: now?.renamedFrom.filter((one) => one !== name) ?? [],
    },
  ];
}
