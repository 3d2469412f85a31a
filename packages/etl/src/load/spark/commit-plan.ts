import { isHeadwaterError, type TableSchema } from '@headwater/core';
import {
  assertFilesRewritable,
  assertFilesWritable,
  headwaterVersion,
  isKeyAcrossFolders,
  type LakeState,
  type ManifestSchema,
  manifestSchemaOf,
  schemaAt,
} from '@headwater/core/internal';

/** What a script that commits by itself needs for the manifest, and to refuse a lake that does not fit its definition. */
export interface SparkCommitPlan {
  /** The release that writes. */
  readonly headwater: string;
  readonly schema: ManifestSchema;
  /** Ids of the changes that the commit allows. */
  readonly allowed: readonly string[];
  /** Whether a load looks at every folder, so that every change of the table conflicts with it. */
  readonly isWholeTable: boolean;
  /** The definitions of committed files that were compared with this one, and fit. */
  readonly fits: readonly ManifestSchema[];
  /** Those of them whose files may be rewritten without losing values. */
  readonly rewritable: readonly ManifestSchema[];
  /** Seconds that leftovers of other runs stay. */
  readonly graceSeconds?: number;
}

/**
 * Compares a definition with the files of a lake before a job is started. The script cannot: it has no rules. It refuses a lake that
 * got files of another definition since.
 *
 * @param lake its address, for the message
 * @throws HeadwaterError `SCHEMA_INCOMPATIBLE` for a change that is not allowed, `PARTITIONING_CHANGED`
 */
export function sparkCommitPlan(
  schema: TableSchema,
  state: LakeState,
  lake: string,
  {
    allow,
    leftoverGraceSeconds,
  }: {
    readonly allow?: readonly string[] | undefined;
    readonly leftoverGraceSeconds?: number | undefined;
  } = {},
): SparkCommitPlan {
  const allowed = assertFilesWritable(schema, state, lake, allow);
  const isRewritable = (span: LakeState['schemas'][number]): boolean => {
    const paths = state.files.map(({ path }) => path);
    const own = paths.filter((path) => schemaAt(state, state.addedBy.get(path) ?? 0) === span);
    try {
      assertFilesRewritable(schema, state, lake, own, allow);
      return true;
    } catch (error) {
      if (isHeadwaterError(error, 'SCHEMA_INCOMPATIBLE')) return false;
      throw error;
    }
  };
  const withoutCommit = ({ since: _, ...span }: LakeState['schemas'][number]): ManifestSchema => span;
  return {
    headwater: headwaterVersion,
    schema: manifestSchemaOf(schema),
    allowed,
    isWholeTable: isKeyAcrossFolders(schema),
    fits: state.schemas.map(withoutCommit),
    rewritable: state.schemas.filter(isRewritable).map(withoutCommit),
    ...(leftoverGraceSeconds === undefined ? {} : { graceSeconds: leftoverGraceSeconds }),
  };
}
