import { HeadwaterError, type RejectCode, rejectCodes } from '@headwater/core';
import type { FileSchema } from '@headwater/core/internal';
import { sourcesOf } from '../input/column-positions.ts';
import type { LoadEngine, RejectionExample } from './load-engine.ts';

/** Share of rejected rows above which nothing is committed. A definition that does not fit the files rejects nearly every row. */
export const defaultMaxQuarantine = 0.5;

/** Reasons that the message explains. */
const explainedReasons = 3;

const wrongFormat = 'check --delimiter and --header, and whether the file is cut off';
const wrongType = 'check that the column matches the field by its name or an alias, or give it another type';

/** What to change, by the reason. */
const advice: Readonly<Record<RejectCode, string>> = {
  missing:
    'add an alias if the file names the column differently, or make the column optional or give it a default',
  not_one_of: 'add the values to the enum, or clean them with a step such as lowerCase()',
  not_a_boolean: wrongType,
  not_an_integer: wrongType,
  not_a_number: wrongType,
  not_a_decimal: wrongType,
  not_a_date: wrongType,
  not_a_timestamp: wrongType,
  not_in_time_format: 'add the format to timestamp({ formats: [...] })',
  not_an_epoch: 'remove from, or set it to the unit of the file: timestamp({ from: ... })',
  not_in_number_format: 'change the numberFormat of the column',
  not_a_uuid: wrongType,
  out_of_range: 'give the column a larger type',
  below_minimum: 'lower the minimum of the column',
  above_maximum: 'raise the maximum of the column',
  pattern_mismatch: 'change the pattern of the column',
  too_short: 'lower the minimum length of the column',
  too_long: 'raise the maximum length of the column',
  too_few_fields: wrongFormat,
  too_many_fields: wrongFormat,
  unclosed_quote: wrongFormat,
  not_utf8: 'convert the file to UTF-8',
  stray_carriage_return: 'write the file with one kind of line end',
  line_too_long: wrongFormat,
  not_base64: 'send the data of the record as bytes, or encode it as base64 once',
  not_json: 'write one JSON object per line',
  lone_surrogate: 'write characters beyond U+FFFF as both halves of their pair, or as UTF-8',
  repeated_name: 'write each name once in an object: readers differ in which value they take',
  not_a_list: 'write the member that explode names as a list, or omit it',
  no_match: "add the missing rows to the lookup's file, or let it give nulls with none: 'null'",
  nested_value: 'give each member of the object a column of its own, or write the value as text',
};

/** @throws HeadwaterError `OPTION_INVALID` for a number that is not a share */
export function assertShare(option: string, value: number | undefined): void {
  if (value === undefined || (value >= 0 && value <= 1)) return;
  throw new HeadwaterError('OPTION_INVALID', { option, value: String(value), expected: 'a share, 0 to 1' });
}

/**
 * Refuses to commit when a larger share of the rows was rejected than the user allows.
 *
 * @param engine finds a row for each reason
 * @param file what the inputs were read as: of a table with sources, the wrong kind of file is a common cause
 * @throws HeadwaterError `QUARANTINE_EXCEEDED` with the commonest reasons, where a first row of each is, and what to change
 */
export async function assertQuarantine(
  engine: Pick<LoadEngine, 'rejectionExamples'>,
  maxQuarantine: number,
  { rowsIn, quarantined }: { readonly rowsIn: number; readonly quarantined: number },
  reasons: Readonly<Record<string, number>>,
  file: FileSchema,
): Promise<void> {
  if (quarantined <= rowsIn * maxQuarantine) return;
  const examples = await engine.rejectionExamples(explainedReasons);
  throw quarantineExceeded({ rowsIn, quarantined, reasons, examples, maxQuarantine, file });
}

/** What the error about too many rejected rows says. */
interface ExceededQuarantine {
  readonly rowsIn: number;
  readonly quarantined: number;
  readonly reasons: Readonly<Record<string, number>>;
  readonly examples: readonly RejectionExample[];
  readonly maxQuarantine: number;
  readonly file: FileSchema;
}

/** The error about a larger share of rejected rows than the user allows. */
export function quarantineExceeded({
  examples,
  maxQuarantine,
  file,
  ...counts
}: ExceededQuarantine): HeadwaterError<'QUARANTINE_EXCEEDED'> {
  return new HeadwaterError('QUARANTINE_EXCEEDED', {
    ...counts,
    reasons: { ...counts.reasons },
    limit: `${Number((maxQuarantine * 100).toPrecision(12))}%`,
    ...sourcesOf(file),
    examples: examples.map((example) => {
      const code = example.reason.slice(example.reason.lastIndexOf(':') + 1) as RejectCode;
      return { ...example, meaning: rejectCodes[code], fix: advice[code] };
    }),
  });
}
