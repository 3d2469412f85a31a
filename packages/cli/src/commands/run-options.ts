import { repeated, seconds, text, whole } from '../command-line/option.ts';

/** Options of every command that writes to the lake. */
export const runOptions = {
  'memory-limit': text(
    'SIZE',
    "What the engine may hold in memory, such as 1GB; half of the machine's when not given",
  ),
  'target-file-size': text('SIZE', 'What a data file should measure, such as 128MiB; 256MiB when not given'),
  threads: whole('N', 'Threads of the engine; all processors when not given', 1),
  allow: repeated(
    'ID',
    "A change of the definition that is meant, though the lake's files do not fit it; once for each",
  ),
  'work-folder': text(
    'DIR',
    "Where a run on a lake on S3 works on this machine; headwater in the user's cache folder when not given",
  ),
  'lock-timeout': seconds('How long to wait for another run on the same table; 60 when not given'),
};
