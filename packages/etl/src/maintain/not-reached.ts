import type { TableSchema } from '@headwater/core';
import { jobsPath } from '@headwater/core/internal';
import type { LakeStore, ObjectVersions } from '@headwater/storage';

/**
 * What an erasure cannot reach, in plain words, for its receipt.
 *
 * @param temporary folders for temporary files of this machine that are in use
 * @param schema the table
 */
export function notReached(
  kind: LakeStore['kind'],
  versions: ObjectVersions | null,
  temporary: readonly string[],
  schema: Pick<TableSchema, 'name' | 'lookups'>,
): readonly string[] {
  const onS3 = [
    ...(versions ? versionText(versions) : []),
    ...(schema.lookups
      ? [
          `rows of lookups that jobs on Glue were given, below ${jobsPath(schema.name)}/lookups: delete those that name the person`,
        ]
      : []),
    'results that Athena wrote to its output place, and its cache of them',
    'downloaded files and cached answers on other machines, and in work folders other than the given one',
  ];
  const inFolder = ['cached answers and copies of files on other machines'];
  return [
    'the raw files that were loaded: a new lake, or another table, would load the rows again',
    ...(kind === 's3' ? onS3 : inFolder),
    ...(temporary.length > 0
      ? [`copies in folders for temporary files, which go with the commands at work: ${temporary.join(', ')}`]
      : []),
    'answers in the memory of running programs, logs, exports, and copies of the lake by others',
    'backups and snapshots, and copies made by `lake sync`: sync them again',
    'tables of databases that `lake load` filled: load again',
  ];
}

function versionText({ versioning, days }: ObjectVersions): string[] {
  switch (versioning) {
    case 'off':
      return [];
    case 'unknown':
      return [
        'old versions of the deleted files, if the bucket keeps any: it did not tell (s3:GetBucketVersioning)',
      ];
    default: {
      const which =
        versioning === 'on' ? 'old versions' : 'old versions from before versioning was suspended';
      return [
        days === null
          ? `${which} of the deleted files: the bucket keeps them for good, as far as its lifecycle tells. Add a rule that removes old versions, or delete them`
          : `${which} of the deleted files: the bucket's lifecycle removes them after ${days} ${days === 1 ? 'day' : 'days'}`,
      ];
    }
  }
}
