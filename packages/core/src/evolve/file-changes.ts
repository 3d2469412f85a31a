import { type LakeState, type SchemaSpan, schemaAt } from '../lake/lake-state.ts';
import { schemaFingerprint } from '../lake/schema-fingerprint.ts';
import type { Column, TableSchema } from '../table/table-schema.ts';
import { dataTypeOfDuckdb } from '../types/data-type-of-duckdb.ts';
import { duckdbType } from '../types/duckdb-type.ts';
import { type AssessedChange, assessSchemas } from './assess-changes.ts';

/** A change between the definition of committed files and the current one. */
export interface FileChange extends AssessedChange {
  /** The number of those files, by commit. */
  readonly files: ReadonlyMap<number, number>;
  /** The last commit that allowed the change, which covers the files of earlier commits. 0 when none did. */
  readonly allowedAt: number;
  /** Columns of the current definition that those files lack. A dropped column may be renamed to one of them. */
  readonly added: readonly string[];
}

/**
 * Compares a definition with every definition of committed files. Manifests store the names and types of columns, and which
 * are nullable. They do not store descriptions, cleaning, roles and defaults, so those count as unchanged. The result is empty
 * if all files have the current definition.
 */
export function fileChanges(schema: TableSchema, state: LakeState): FileChange[] {
  const [first, ...others] = state.schemas;
  if (!first || (others.length === 0 && first.fingerprint === schemaFingerprint(schema))) return [];
  const found = new Map<string, FileChange & { readonly files: Map<number, number> }>();
  for (const [span, files] of filesBySpan(state)) {
    const { changes } = assessSchemas({ version: '1.0.0', schema: schemaOfFiles(span, schema) }, schema);
    const added = changes.flatMap(({ kind, column }) => (kind === 'add-column' && column ? [column] : []));
    for (const change of changes) {
      if (change.column === undefined) continue;
      // Two different changes can have one id, such as narrowing from 8 and from 10 digits.
      const key = JSON.stringify([change.id, change.case, change.text, added]);
      const before = found.get(key)?.files ?? [];
      const allowedAt = state.allowed.get(change.id) ?? 0;
      found.set(key, { ...change, added, allowedAt, files: new Map([...before, ...files]) });
    }
  }
  return [...found.values()];
}

/** The number of files of each commit, by the definition of the commit. */
function filesBySpan(state: LakeState): Map<SchemaSpan, Map<number, number>> {
  const commits = new Map<number, number>();
  for (const commit of state.addedBy.values()) commits.set(commit, (commits.get(commit) ?? 0) + 1);
  const spans = new Map<SchemaSpan, Map<number, number>>();
  for (const [commit, files] of [...commits].sort(([left], [right]) => left - right)) {
    const span = schemaAt(state, commit);
    if (span) spans.set(span, (spans.get(span) ?? new Map()).set(commit, files));
  }
  return spans;
}

function schemaOfFiles({ columns }: SchemaSpan, schema: TableSchema): TableSchema {
  return { ...schema, columns: columns.map((column) => columnOfFiles(column, schema)) };
}

const forgotten = { description: '', pii: 'none', aliases: [], renamedFrom: [], steps: [] } as const;

function columnOfFiles({ name, type, nullable }: SchemaSpan['columns'][number], schema: TableSchema): Column {
  const now = schema.columns.find((column) => column.name === name || column.renamedFrom.includes(name));
  const isSame = now !== undefined && duckdbType(now.type) === type;
  return {
    ...(now ?? forgotten),
    name,
    // The text of a nested type cannot be parsed. If it changed, any other type stands for it.
    type: isSame ? now.type : (dataTypeOfDuckdb(type) ?? { kind: 'struct', fields: [] }),
    nullable,
    renamedFrom: now?.renamedFrom.filter((one) => one !== name) ?? [],
  };
}
