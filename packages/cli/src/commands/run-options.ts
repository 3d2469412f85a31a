import { seconds, text, whole } from '../command/option.ts';

/** Options of every command that writes to the lake. */
export const runOptions = {
  'memory-limit': text(
    'SIZE',
    "What the engine may hold in memory, such as 1GB; half of the machine's when not given",
  ),
  threads: whole('N', 'Threads of the engine; all processors when not given', 1),
  'lock-timeout': seconds('How long to wait for another run on the same table; 60 when not given'),
};
