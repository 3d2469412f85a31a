import type { FileMisfit } from '../errors/misfit-text.ts';
import type { LakeState } from '../lake/lake-state.ts';
import type { TableSchema } from '../table/table-schema.ts';
import { type FileChange, fileChanges } from './file-changes.ts';
import type { ChangeCase, ChangeKind } from './schema-change.ts';

/** The reader of the files. */
export interface FileReader {
  readonly engine: 'duckdb' | 'trino' | 'athena';
  /** Set when the reader reads a catalogue's table directly: the name of its read view (see `deriveReadView`). */
  readonly insteadOf?: string;
}

/**
 * The changes because of which files of earlier definitions cannot be read with the current one.
 *
 * There are two kinds:
 *
 * - **Wrong value**: the engine would fail or return a value that was not stored, by its verdict in the rules. It cannot be
 *   allowed: rewrite the files with a compaction, or revert the change.
 * - **Contradiction**: the engine returns the stored value, but the definition excludes it: no value in a required column, a
 *   text outside of an enum, no value in a column that may be a rename. Allowing the change by its id, in a load or a compaction,
 *   confirms it: files of earlier commits are then read unchanged.
 *
 * A column that is only dropped, without a new column that may be its rename, is no misfit.
 */
export function readMisfits(schema: TableSchema, state: LakeState, reader: FileReader): FileMisfit[] {
  return fileChanges(schema, state).flatMap((change) => {
    const contradiction = contradictions[change.case];
    if (contradiction && (change.kind !== 'drop-column' || change.added.length > 0)) {
      const isUnprojected = reader.engine !== 'duckdb' && isFolder(schema, change);
      if (isUnprojected)
        return fileMisfit(change, 'keep the value: the engine does not read folders of other values');
      const text = change.kind === 'drop-column' ? droppedText(change) : change.text;
      return fileMisfit({ ...change, text }, contradiction(change), change.allowedAt);
    }
    const { verdict } = change.verdicts[reader.engine];
    if (verdict === 'incompatible') return fileMisfit(change, rewrite(change));
    if (verdict === 'compatible-with-view' && reader.insteadOf !== undefined)
      return fileMisfit(change, `read ${reader.insteadOf}, which reads each file by its own columns`);
    return [];
  });
}

/**
 * The changes because of which a lake cannot be written with a definition: those that DuckDB, which merges new rows with older
 * files, cannot read over, and irreversible ones. Each can be allowed by its id, for the current files. If the last commit
 * already has this definition, nothing is rejected.
 *
 * @returns the rejected changes, and the allowed ids that were needed. The commit stores those
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
 * The changes because of which files cannot be rewritten with a definition: data would be lost. Earlier commits that allowed such
 * a change did not rewrite these files, so it must be allowed again.
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
 * The ids that `allow` may name: those of every change between files of the lake and the definition, and those that a commit
 * allowed before.
 */
export const allowableChanges = (schema: TableSchema, state: LakeState): string[] => [
  ...new Set([...fileChanges(schema, state).map(({ id }) => id), ...state.allowed.keys()]),
];

/**
 * The commits whose files store some column with another type than the current definition. A compaction rewrites them, because
 * some engine misreads them or fails.
 */
export function otherTypeCommits(schema: TableSchema, state: LakeState): ReadonlySet<number> {
  const changes = fileChanges(schema, state).filter(
    (change) => otherTypes.has(change.kind) && !textual.has(change.case),
  );
  return new Set(changes.flatMap(({ files }) => [...files.keys()]));
}

const otherTypes: ReadonlySet<ChangeKind> = new Set(['widen-column', 'narrow-column', 'retype-column']);

/** Changes with which files store text before and after. */
const textual: ReadonlySet<ChangeCase> = new Set(['checked-text-to-string', 'string-to-checked-text']);

/** The next step for the user, for each change that is a contradiction. */
const contradictions: { readonly [Case in ChangeCase]?: (change: FileChange) => string } = {
  'add-required-column': (change) =>
    `make it optional, set a default, or ${allow(change)}; older rows are then null`,
  'make-required': (change) =>
    `make it optional, set a default, or ${allow(change)}; those rows are then null`,
  'drop-optional-column': undeclaredRename,
  'drop-required-column': undeclaredRename,
  'remove-enum-value': (change) => `keep the value, or ${allow(change)}; older rows then keep it`,
  'string-to-checked-text': (change) =>
    `keep it a string, or ${allow(change)}; older rows then keep their texts`,
};

/** Without the advice of the comparison, which is the fix here. */
const droppedText = ({ column, added }: FileChange): string =>
  `${column}: is gone, and ${added.join(', ')} ${added.length === 1 ? 'is' : 'are'} new`;

function undeclaredRename(change: FileChange): string {
  const { column, added } = change;
  const which =
    added.length === 1
      ? `if it was renamed to ${added[0]}`
      : `if it was renamed to one of ${added.join(', ')}`;
  return `${which}, declare renamedFrom: '${column}' there; if not, ${allow(change)}`;
}

const allow = ({ id }: FileChange): string => `allow the change: headwater etl compact --allow ${id}`;

const rewrite = ({ destructive, id }: FileChange): string =>
  destructive
    ? `revert the change, or rewrite the files: headwater etl compact --allow ${id}`
    : 'rewrite the files: headwater etl compact';

const isFolder = ({ partitioning }: TableSchema, { column }: FileChange): boolean =>
  column !== undefined && partitioning.columns.includes(column);

/**
 * Converts a change to a misfit.
 *
 * @param allowedAt the commit that allowed the change. Files of earlier commits are not misfits
 * @returns an empty list when no file is a misfit
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
