import { type LakeState, type SchemaSpan, schemaAt } from '../lake/lake-state.ts';
import { schemaFingerprint } from '../lake/schema-fingerprint.ts';
import type { Column, TableSchema } from '../table/table-schema.ts';
import { dataTypeOfDuckdb } from '../types/data-type-of-duckdb.ts';
import { duckdbType } from '../types/duckdb-type.ts';
import { type AssessedChange, assessSchemas } from './assess-changes.ts';

/** A change between the definition that committed files were written under and the present one. */
export interface FileChange extends AssessedChange {
  /** The number of those files, by the commit that added them. */
  readonly files: ReadonlyMap<number, number>;
  /** The last commit that allowed the change: it spoke for the files of earlier commits. 0 when none did. */
  readonly allowedAt: number;
  /** Columns of the present definition that those files lack: a dropped column may live on in one of them. */
  readonly added: readonly string[];
}

/**
 * Compares a definition with every definition that committed files were written under, as the manifests remember it: the
 * names and types of columns, and which may be null. Words, cleaning, roles and defaults are not remembered, so they count as
 * unchanged. A lake that was only ever written under this very definition is not looked at any further.
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
      // One id may stand for two changes: of 8 digits to 6, and of 10.
      const key = JSON.stringify([change.id, change.case, change.text, added]);
      const before = found.get(key)?.files ?? [];
      const allowedAt = state.allowed.get(change.id) ?? 0;
      found.set(key, { ...change, added, allowedAt, files: new Map([...before, ...files]) });
    }
  }
  return [...found.values()];
}

/** How many files each commit has in the lake, by the definition that it was made under. */
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
    // Nested types cannot be read back from their text; one that changed is of another type, whichever it was.
    type: isSame ? now.type : (dataTypeOfDuckdb(type) ?? { kind: 'struct', fields: [] }),
    nullable,
    renamedFrom: now?.renamedFrom.filter((one) => one !== name) ?? [],
  };
}
