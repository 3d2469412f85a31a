import type { DataFile, LakeState } from '@headwater/core/internal';
import type { LakeProblem } from './lake-problem.ts';

/** Where equal rows may both be right, nothing tells a row that is stored twice from two equal rows. */
export const ambiguousFile = ({ path }: DataFile): LakeProblem => ({
  file: path,
  problem: 'holds rows that other files of the folder hold as well, and the table keeps equal rows',
  fix: 'Restore the missing manifests, or remove the files that are copies',
});

/** A file that is gone, and of which it is not known whether a lost commit replaced it. */
export const unexplainedFile = ({ path }: DataFile, { missing }: LakeState): LakeProblem => ({
  file: path,
  problem:
    `is missing. Commit ${missing.join(', ')}, whose manifest was lost, may have replaced it, but no file that is there ` +
    'is known to hold its rows',
  fix: 'Restore the file or the manifest from a copy of the lake, or take the file out with `headwater lake repair --drop-damaged`',
});
