import { isHeadwaterError, type TableSchema } from '@headwater/core';
import {
  assertFilesRewritable,
  assertFilesWritable,
  emptyLakeState,
  fileSchema,
  headwaterVersion,
  isKeyAcrossFolders,
  type LakeState,
  manifestSchemaOf,
} from '@headwater/core/internal';
import { defaultMaxQuarantine } from '../assert-quarantine.ts';
import { targetFileBytes } from '../file-bytes.ts';
import type { SparkCommitPlan } from './commit-plan.ts';
import { type SparkPlan, sparkPlan } from './spark-plan.ts';

/** What a job on Glue reads as its plan. */
export type SparkJobPlan = SparkPlan & { readonly lake: string; readonly manifest: SparkCommitPlan };

/** Where the lake is, and what is known of its files without reading it. */
export interface SavedJobPlanOptions {
  /** `s3://...`, without a slash at the end. */
  readonly lake: string;
  /** The saved versions of the definition: what files of the lake may have been written with. */
  readonly versions: readonly TableSchema[];
  readonly kmsKey?: string | undefined;
}

/**
 * The plan of a table's Spark job for runs whose inputs are arguments, made without a look at the lake: of a submission it differs in the
 * definitions that files may have. There it is those of the lake's commits; here the saved versions that fit. The script refuses a lake with
 * files of any other definition.
 *
 * A table with lookups has no such plan: their files are read when a load is submitted.
 *
 * @example savedJobPlan(clickstream.schema, { lake: 's3://shop-lake/events', versions: [] }).table // 'clickstream'
 */
export function savedJobPlan(
  schema: TableSchema,
  { lake, versions, kmsKey }: SavedJobPlanOptions,
): SparkJobPlan {
  const known = [...versions, schema];
  const fits = known.filter((version) => isFit(() => assertFilesWritable(schema, filesOf(version), lake)));
  const rewritable = fits.filter((version) =>
    isFit(() => assertFilesRewritable(schema, filesOf(version), lake, [anyFile])),
  );
  return {
    ...sparkPlan(schema, fileSchema(schema, undefined), {
      inputs: [],
      targetBytes: targetFileBytes(undefined),
      maxQuarantine: defaultMaxQuarantine,
      ...(kmsKey === undefined ? {} : { kmsKey }),
    }),
    lake,
    manifest: {
      headwater: headwaterVersion,
      schema: manifestSchemaOf(schema),
      allowed: [],
      isWholeTable: isKeyAcrossFolders(schema),
      fits: onceEach(fits),
      rewritable: onceEach(rewritable),
    },
  };
}

const anyFile = 'a file';

/** A lake with a file that a definition wrote. */
const filesOf = (schema: TableSchema): LakeState => ({
  ...emptyLakeState(schema.name),
  sequence: 1,
  schemas: [{ ...manifestSchemaOf(schema), since: 1 }],
  addedBy: new Map([[anyFile, 1]]),
});

function isFit(check: () => unknown): boolean {
  try {
    check();
    return true;
  } catch (error) {
    if (isHeadwaterError(error, 'SCHEMA_INCOMPATIBLE') || isHeadwaterError(error, 'PARTITIONING_CHANGED'))
      return false;
    throw error;
  }
}

/** Versions that differ in words alone have one fingerprint. */
const onceEach = (versions: readonly TableSchema[]): SparkCommitPlan['fits'] => [
  ...new Map(versions.map(manifestSchemaOf).map((one) => [one.fingerprint, one])).values(),
];
