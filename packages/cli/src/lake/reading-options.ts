import { character, choice, flag, list, share, text } from '../command-line/option.ts';
import { UsageError } from '../command-line/usage-error.ts';

/** The option of commands that load: what the files are. */
export const sourceOption = {
  source: {
    ...text('NAME', 'The source of the table that the files are of', {
      default: 'none: fields have the names of columns',
    }),
    names: 'sources',
  },
} as const;

/** Options of commands that load: how files are read, and how many rows may be rejected. */
export const readingOptions = {
  format: choice('FORMAT', ['csv', 'jsonl', 'parquet'], 'Format of the files', {
    default: 'by their names',
  }),
  delimiter: character('CHAR', 'CSV delimiter, one character or tab', { default: 'detected' }),
  header: flag('The first line of CSV names the columns', { default: 'detected' }),
  'no-header': flag("The first line of CSV is a row: the columns are the table's, in order"),
  columns: list(
    'NAMES',
    'The columns of the fields of CSV without a header, in order, with commas between; an empty name skips a field',
    { default: "the table's, in order" },
  ),
  'max-quarantine': share(
    'SHARE',
    'Commit nothing when more than this share of the rows is rejected, such as 1%',
    { default: '50%' },
  ),
} as const;

/**
 * Whether CSV files have a header line; undefined where it is to be detected.
 *
 * @throws UsageError for both options at once
 */
export function givenHeader(options: {
  readonly header: boolean;
  readonly 'no-header': boolean;
}): boolean | undefined {
  if (options.header && options['no-header'])
    throw new UsageError('--header and --no-header contradict each other: give one of them, or none.');
  return options['no-header'] ? false : options.header || undefined;
}
