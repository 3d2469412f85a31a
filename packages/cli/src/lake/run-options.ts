import { repeated, seconds, text, whole } from '../command-line/option.ts';

/** Options of every command that writes to the lake. */
export const runOptions = {
  'memory-limit': text('SIZE', 'Maximum memory of the engine, such as 1GB', {
    default: "half of the machine's",
  }),
  'target-file-size': text('SIZE', 'Size of a data file, such as 128MiB', { default: '256MiB' }),
  threads: whole('N', 'Threads of the engine', { least: 1, default: 'all processors' }),
  allow: repeated(
    'ID',
    "Accept a change of the definition that does not fit the lake's files, by its id; may be repeated",
  ),
  'work-folder': text('DIR', 'Working folder on this machine of a run on a lake on S3', {
    default: "headwater in the user's cache folder",
  }),
  'lock-timeout': seconds('Wait this long for another run on the same table', { default: '60' }),
};
