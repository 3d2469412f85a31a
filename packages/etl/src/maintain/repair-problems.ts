import type { DataFile, LakeState } from '@headwater/core/internal';
import { damagedFileFix } from './check-files.ts';
import type { LakeProblem } from './lake-problem.ts';

/** Where equal rows may both be right, nothing tells a row that is stored twice from two equal rows. */
export const ambiguousFile = ({ path }: DataFile): LakeProblem => ({
  file: path,
  problem: 'holds rows that other files of the folder hold as well, and the table keeps equal rows',
  fix: 'Restore the missing manifests, or remove the files that are copies',
});

/**
 * A listed file that is gone. Where manifests were lost before later ones, one of them may have replaced it.
 *
 * @param lake the lake as the user named it
 */
export const missingFile = (file: DataFile, { missing }: LakeState, lake: string): LakeProblem =>
  missing.length === 0
    ? { file: file.path, problem: 'is missing', fix: damagedFileFix(file, lake) }
    : {
        file: file.path,
        problem:
          `is missing. Commit ${missing.join(', ')}, whose manifest was lost, may have replaced it, but no file that is there ` +
          'is known to hold its rows',
        fix: 'Restore the file or the manifest from a copy of the lake, or take the file out with `headwater lake repair --drop-damaged`',
      };
