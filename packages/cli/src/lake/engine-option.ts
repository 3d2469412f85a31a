import { loadEngineNames } from '@headwater/etl';
import { choice } from '../command-line/option.ts';

/** The option of commands that read and write rows. */
export const engineOption = {
  engine: choice(
    'ENGINE',
    loadEngineNames,
    'What reads and writes the rows; spark is the PySpark of this machine',
    { default: 'duckdb' },
  ),
};
