import { HeadwaterError } from '@headwater/core';

/**
 * How Trino and Athena report an object that was in the listing of a folder and is gone when they open it
 * (https://github.com/trinodb/trino/blob/master/plugin/trino-hive/src/main/java/io/trino/plugin/hive/parquet/ParquetPageSourceFactory.java,
 * https://repost.aws/knowledge-center/athena-hive-cannot-open-split-404). The code alone also names files that are damaged.
 */
const isUnopened = /HIVE_CANNOT_OPEN_SPLIT|HIVE_FILESYSTEM_ERROR|Error opening Hive split|Error reading/i;
const isMissing = /NoSuchKey|does not exist|not found|Status Code: 404/i;
const dataFile = /s3[an]?:\/\/[^\s,()]+\.parquet/;

/**
 * The error of a query that listed a file which a commit, such as a compaction, removed before the query read it.
 *
 * @param problem the engine's message
 * @returns undefined for every other failure
 */
export function missingFileError(lake: string, problem: string): HeadwaterError<'LAKE_CHANGED'> | undefined {
  const [file] = dataFile.exec(problem) ?? [];
  if (file === undefined || !isUnopened.test(problem) || !isMissing.test(problem)) return undefined;
  return new HeadwaterError('LAKE_CHANGED', { lake, file });
}
