import type { FileMisfit } from '../errors/misfit-text.ts';
import type { LakeState } from '../lake/lake-state.ts';
import type { TableSchema } from '../table/table-schema.ts';
import { type FileChange, fileChanges } from './file-changes.ts';
import type { ChangeCase, ChangeKind } from './schema-change.ts';

/** What reads the files. */
export interface FileReader {
  readonly engine: 'duckdb' | 'trino' | 'athena';
  /** Where a catalog's table itself is read: the name of the view beside it (see `deriveReadView`). */
  readonly insteadOf?: string;
}

/**
 * Why files of earlier definitions cannot be read under the present one.
 *
 * A change keeps a reader out for one of two reasons:
 *
 * - **Another value**: the engine would give a value that nobody stored, or fail. That is its verdict in the rules. It is never
 *   excused: the files have to be rewritten, by a compaction, or the change taken back.
 * - **A contradiction**: the engine gives what is stored, and the definition says that it cannot be: no value in a required
 *   column, a text outside of an enum, no value at all in what may be a column under a new name. Whoever allows the change by its
 *   id when loading or compacting says that it is meant: files of earlier commits are then read as they are.
 *
 * What is only unread, as a dropped column is where nothing was added, keeps nobody out.
 */
export function readMisfits(schema: TableSchema, state: LakeState, reader: FileReader): FileMisfit[] {
  return fileChanges(schema, state).flatMap((change) => {
    const contradiction = contradictions[change.case];
    if (contradiction && (change.kind !== 'drop-column' || change.added.length > 0)) {
      const isUnprojected = reader.engine !== 'duckdb' && isFolder(schema, change);
      if (isUnprojected) return fileMisfit(change, 'keep the value: folders of other values are not read');
      return fileMisfit(change, contradiction(change), change.allowedAt);
    }
    const { verdict } = change.verdicts[reader.engine];
    if (verdict === 'incompatible') return fileMisfit(change, rewrite(change));
    if (verdict === 'compatible-with-view' && reader.insteadOf !== undefined)
      return fileMisfit(change, `read ${reader.insteadOf}, which takes each file's own columns`);
    return [];
  });
}

/**
 * Why nothing may be written under a definition: the changes that DuckDB, which merges new rows with those of older files, cannot
 * read over, and those that take away what files hold. Each can be allowed by its id, and is then allowed for the files of
 * that moment. A definition that the last commit was made under was asked for already.
 *
 * @returns what is refused, and the ids that were needed of those allowed: the commit remembers them
 */
export function writeMisfits(
  schema: TableSchema,
  state: LakeState,
  { allow, isCommitted }: { readonly allow: readonly string[]; readonly isCommitted: boolean },
): { readonly refused: readonly FileMisfit[]; readonly allowed: readonly string[] } {
  const asked = fileChanges(schema, state)
    .filter(({ verdicts, destructive }) => destructive || verdicts.duckdb.verdict === 'incompatible')
    .flatMap((change) => fileMisfit(change, `allow it: --allow ${change.id}`, change.allowedAt));
  return {
    refused: isCommitted ? [] : asked.filter(({ id }) => !allow.includes(id)),
    allowed: [...new Set(asked.map(({ id }) => id))].filter((id) => allow.includes(id)),
  };
}

/**
 * Why files may not be rewritten under a definition: what they hold would be lost. An earlier commit that allowed the change
 * left them as they are, so it is asked for again.
 */
export function rewriteMisfits(
  schema: TableSchema,
  state: LakeState,
  allow: readonly string[],
): FileMisfit[] {
  return fileChanges(schema, state)
    .filter(({ id, destructive }) => destructive && !allow.includes(id))
    .flatMap((change) => fileMisfit(change, `allow it: --allow ${change.id}`));
}

/**
 * The commits whose files hold some column in another type than the present definition stores it in. A compaction rewrites
 * them: some engine reads them wrongly, or not at all.
 */
export function otherTypeCommits(schema: TableSchema, state: LakeState): ReadonlySet<number> {
  const changes = fileChanges(schema, state).filter(
    (change) => otherTypes.has(change.kind) && !textual.has(change.case),
  );
  return new Set(changes.flatMap(({ files }) => [...files.keys()]));
}

const otherTypes: ReadonlySet<ChangeKind> = new Set(['widen-column', 'narrow-column', 'retype-column']);

/** Files hold text before and after. */
const textual: ReadonlySet<ChangeCase> = new Set(['checked-text-to-string', 'string-to-checked-text']);

/** What to do about a change that the definition contradicts, by the change. */
const contradictions: { readonly [Case in ChangeCase]?: (change: FileChange) => string } = {
  'add-required-column': () =>
    'make it optional, give it a default, or allow the change: older rows are then null',
  'make-required': () => 'make it optional, give it a default, or allow the change: those rows are then null',
  'drop-optional-column': undeclaredRename,
  'drop-required-column': undeclaredRename,
  'remove-enum-value': () => 'keep the value, or allow the change: older rows then keep theirs',
  'string-to-checked-text': () => 'keep it a string, or allow the change: older rows then keep their texts',
};

function undeclaredRename({ column, added }: FileChange): string {
  const which =
    added.length === 1 ? `if ${added[0]} is what it was` : `if one of ${added.join(', ')} is what it was`;
  return `${which}, declare that there: renamedFrom: '${column}'; if not, allow the change`;
}

const rewrite = ({ destructive, id }: FileChange): string =>
  destructive
    ? `take the change back, or rewrite the files: headwater etl compact --allow ${id}`
    : 'rewrite the files: headwater etl compact';

const isFolder = ({ partitioning }: TableSchema, { column }: FileChange): boolean =>
  column !== undefined && partitioning.columns.includes(column);

/**
 * A change as a misfit.
 *
 * @param allowedAt the commit that allowed it: files of earlier commits are excused
 * @returns none when every file is excused
 */
export function fileMisfit(
  { id, column = '', text, files }: FileChange,
  fix: string,
  allowedAt = 0,
): FileMisfit[] {
  const open = [...files].filter(([commit]) => commit >= allowedAt);
  const commits = open.map(([commit]) => commit);
  if (open.length === 0) return [];
  return [
    {
      id,
      column,
      text,
      files: open.reduce((sum, [, count]) => sum + count, 0),
      commits: [Math.min(...commits), Math.max(...commits)],
      fix,
    },
  ];
}
