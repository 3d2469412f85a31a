import type { TableSchema } from '@headwater/core';
import {
  type FileSchema,
  quarantineName,
  sparkSettings,
  sparkUnmatchedCounts,
} from '@headwater/core/internal';
import type { CsvHints } from '../../input/csv-layout.ts';
import { type FileBeginning, fileBeginnings } from '../../input/identify-input.ts';
import {
  type Compression,
  type InputFormat,
  namedCompressions,
  namedFormats,
} from '../../input/input-file.ts';
import { quarantineSelect, reasonsSelect } from './quarantine-sql.ts';
import { type ReadingPlan, readingPlan } from './reading-plan.ts';
import { type SettlePlan, settlePlan } from './settle-sql.ts';
import { countsSelect, foldersSelect, lineBits, nulledSelect, stagedSelect } from './staged-sql.ts';
import { type WritePlan, writePlan } from './write-sql.ts';

/** An input as the script reads it. */
export interface PlannedInput {
  /** The input as the user named it. */
  readonly source: string;
  /** A path of this machine, or an S3 URI. */
  readonly at: string;
  readonly bytes?: number;
  readonly format: InputFormat;
  /** Null: as its first bytes say. */
  readonly compression: Compression | null;
  /** How the lines of CSV are split. Absent: the script finds it out, by the SQL of the plan. */
  readonly layout?: {
    readonly delimiter: string;
    readonly width: number;
    readonly positions: readonly (number | null)[];
    readonly hasHeader: boolean;
  };
}

/** A committed file. */
export interface PlannedFile {
  readonly path: string;
  readonly at: string;
  readonly day: string;
  readonly rows: number;
  readonly bytes: number;
  readonly hash: string;
  /** The fingerprint of the definition that wrote it: files of one have the same columns. */
  readonly schema: string;
}

/** The file of a lookup, in the form of the view `lookup_<name>`. */
export interface PlannedLookup {
  readonly name: string;
  readonly source: string;
  readonly hash: string;
  readonly rows: number;
  readonly at: string;
}

/** What the script needs when the process that starts it commits. */
export interface LocalPlan {
  readonly runId: string;
  readonly startedAt: string;
  /** Hashes of the inputs that were loaded before, as the same source. */
  readonly known: readonly string[];
  readonly files: readonly PlannedFile[];
  /** A folder for whatever the run writes. */
  readonly scratch: string;
}

/** What every plan for `spark_job.py` has. It is serialized as JSON, and holds no credentials. */
export interface JobPlan {
  readonly version: 1;
  readonly table: string;
  /** Spark's settings, by name. */
  readonly settings: Readonly<Record<string, string>>;
  /** The ARN of the key by which everything on S3 is encrypted that the job writes. */
  readonly kmsKey?: string;
  readonly targetBytes: number;
  readonly write: WritePlan;
  readonly local?: LocalPlan;
}

/** What a plan has whose rows are cleaned: the rules of the table as Spark SQL. */
export interface CleaningPlan extends JobPlan {
  readonly lookups: readonly PlannedLookup[];
  /** What is asked of the cleaned rows. */
  readonly staged: {
    readonly counts: string;
    readonly folders: string;
    readonly nulled?: string;
    readonly unmatched?: string;
  };
  readonly quarantine: {
    readonly table: string;
    readonly select: string;
    readonly reasons: string;
    readonly rowsPerFile: number;
  };
  readonly settle: SettlePlan;
}

/** Everything that a Spark load does, as data for `spark_job.py`: the rules of the table as Spark SQL, and what to read. */
export interface SparkPlan extends CleaningPlan {
  readonly staged: CleaningPlan['staged'] & {
    /** The cleaned rows. */
    readonly select: string;
  };
  readonly inputs: readonly PlannedInput[];
  /** The format of inputs whose names do not say one. */
  readonly format?: InputFormat;
  readonly sourceName?: string;
  /** What endings of names say of the inputs that the arguments of a job name. */
  readonly named: {
    readonly compressions: Readonly<Record<string, Compression>>;
    readonly formats: Readonly<Record<string, InputFormat>>;
  };
  readonly beginnings: readonly FileBeginning[];
  readonly isExploded: boolean;
  /** The size of the blocks that Spark reads text in. */
  readonly blockBytes: number;
  /** The low bits of a row's place: its line in its block. The others are the number of the block. */
  readonly lineBits: number;
  readonly maxQuarantine: number;
  readonly reading: ReadingPlan;
}

/** What a plan needs beside the definition. */
export interface SparkPlanOptions
  extends Pick<SparkPlan, 'inputs' | 'targetBytes' | 'maxQuarantine'>,
    Partial<Pick<SparkPlan, 'format' | 'lookups' | 'local' | 'settings' | 'kmsKey'>> {
  /** What the call says of CSV files, for those whose layout the script finds out. */
  readonly hints?: CsvHints;
}

/** Small enough for several tasks from a file of half a gigabyte, large enough that a task's own cost does not count. */
const blockBytes = 64 * 1024 * 1024;
/** The rows of a file of the quarantine. Rejected rows hold texts, and are read by people: files need not be large. */
const quarantineRows = 1_000_000;

/**
 * The plan of a load.
 *
 * @param schema the table
 * @param file the table, as its inputs have it
 */
export function sparkPlan(schema: TableSchema, file: FileSchema, options: SparkPlanOptions): SparkPlan {
  const {
    inputs,
    targetBytes,
    maxQuarantine,
    format,
    lookups = [],
    local,
    settings = {},
    kmsKey,
    hints = {},
  } = options;
  const cleaned = cleanedSteps(schema, file, {
    nulled: nulledSelect(file),
    quarantine: quarantineSelect(schema, file),
  });
  return {
    version: 1,
    table: schema.name,
    settings: { ...jobSettings, ...(kmsKey === undefined ? {} : encryptionSettings(kmsKey)), ...settings },
    ...(kmsKey === undefined ? {} : { kmsKey }),
    inputs,
    ...(format === undefined ? {} : { format }),
    ...(file.source === undefined ? {} : { sourceName: file.source }),
    lookups,
    named: { compressions: namedCompressions, formats: namedFormats },
    beginnings: fileBeginnings,
    isExploded: file.explode !== undefined,
    blockBytes,
    lineBits,
    targetBytes,
    maxQuarantine,
    reading: readingPlan(file, hints),
    ...cleaned,
    staged: { select: stagedSelect(file, 'raw_rows'), ...cleaned.staged },
    ...(local === undefined ? {} : { local }),
  };
}

/** What a plan does with cleaned rows, whatever they were cleaned from. */
export function cleanedSteps(
  schema: TableSchema,
  file: FileSchema,
  { nulled, quarantine }: { readonly nulled: string | undefined; readonly quarantine: string },
): Pick<CleaningPlan, 'staged' | 'quarantine' | 'settle' | 'write'> {
  const unmatched = sparkUnmatchedCounts(file, 'accepted');
  return {
    staged: {
      counts: countsSelect(file),
      folders: foldersSelect,
      ...(nulled === undefined ? {} : { nulled }),
      ...(unmatched === undefined ? {} : { unmatched }),
    },
    quarantine: {
      table: quarantineName(schema.name),
      select: quarantine,
      reasons: reasonsSelect,
      rowsPerFile: quarantineRows,
    },
    settle: settlePlan(schema),
    write: writePlan(schema),
  };
}

/**
 * What Spark itself writes to S3 is encrypted by the file system that Glue 5.1 uses
 * (https://docs.aws.amazon.com/glue/latest/dg/migrating-version-51.html,
 * https://hadoop.apache.org/docs/r3.4.1/hadoop-aws/tools/hadoop-aws/encryption.html).
 */
const encryptionSettings = (kmsKey: string): Readonly<Record<string, string>> => ({
  'spark.hadoop.fs.s3a.encryption.algorithm': 'SSE-KMS',
  'spark.hadoop.fs.s3a.encryption.key': kmsKey,
});

/** The settings of a job, beside those of its machine: those that the SQL of cleaning depends on, and those of the files (https://spark.apache.org/docs/3.5.6/configuration.html). */
export const jobSettings: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(sparkSettings).map(([name, { value }]) => [name, value])),
  'spark.driver.extraJavaOptions': '-Duser.timezone=UTC',
  'spark.executor.extraJavaOptions': '-Duser.timezone=UTC',
  // One block is one task, so that a row's number in its task is its number in the block.
  'spark.sql.files.maxPartitionBytes': String(blockBytes),
  'spark.sql.files.openCostInBytes': String(blockBytes),
  // The types that DuckDB's files have: INT64 with milliseconds, and dates of the proleptic calendar.
  'spark.sql.parquet.outputTimestampType': 'TIMESTAMP_MILLIS',
  'spark.sql.parquet.datetimeRebaseModeInWrite': 'CORRECTED',
  'spark.sql.parquet.datetimeRebaseModeInRead': 'CORRECTED',
  'spark.sql.parquet.int96RebaseModeInRead': 'CORRECTED',
  'spark.sql.parquet.inferTimestampNTZ.enabled': 'false',
  'spark.sql.parquet.compression.codec': 'zstd',
  // At level 1 files of sorted events are no larger than at 3, for less work.
  'spark.hadoop.parquet.compression.codec.zstd.level': '1',
  // Counts the encoded bytes of a group: small enough to skip by statistics.
  'spark.hadoop.parquet.block.size': String(8 * 1024 * 1024),
  'spark.hadoop.mapreduce.fileoutputcommitter.marksuccessfuljobs': 'false',
  // Names that differ in case only are different names in a file.
  'spark.sql.caseSensitive': 'true',
  // A folder's name is a text, whatever it looks like.
  'spark.sql.sources.partitionColumnTypeInference.enabled': 'false',
};
