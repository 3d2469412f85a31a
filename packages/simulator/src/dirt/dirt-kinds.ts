import type { Random } from '../random/random.ts';
import type { TextFormatName } from '../text/text-format.ts';

/** The values of one row by column name, as text; empty text is a missing value. */
export type RowFields = Record<string, string>;

/** One kind of damage to a row. */
export interface DirtKind {
  readonly kind: string;
  /** Relative frequency. */
  readonly weight: number;
  /** Whether the damaged row is unusual but valid. */
  readonly legal: boolean;
  readonly formats: readonly TextFormatName[];
  /** Changes values of the row. */
  readonly fields?: (row: RowFields, random: Random) => void;
  /** Changes the line without its line end. One character is one byte (latin1). */
  readonly line?: (line: string, random: Random) => string;
}

const anyFormat: readonly TextFormatName[] = ['csv', 'jsonl'];
const pick = (values: readonly string[], random: Random): string => values[random.below(values.length)] ?? '';
const exponentOf = (id: string): string => `${id[0]}.${id.slice(1, 6)}E+${id.length - 1}`;
const lastComma = (line: string): string => line.slice(0, line.lastIndexOf(','));

/** All kinds of dirt. Most occur in real copies of the public files. A new kind is a new entry. */
export const dirtKinds = [
  {
    kind: 'other_timestamp_spelling',
    weight: 20,
    legal: true,
    formats: anyFormat,
    fields(row) {
      row['event_time'] = (row['event_time'] ?? '').replace(' UTC', '+00:00');
    },
  },
  {
    kind: 'padded_upper_case',
    weight: 14,
    legal: true,
    formats: anyFormat,
    fields(row, random) {
      const pad = pick([' ', '  ', '\t'], random);
      for (const name of ['event_type', 'brand', 'category_code'])
        if (row[name]) row[name] = `${pad}${row[name].toUpperCase()}${pad}`;
    },
  },
  {
    kind: 'exponent_id',
    weight: 12,
    legal: false,
    formats: anyFormat,
    fields(row) {
      row['category_id'] = exponentOf(row['category_id'] ?? '');
    },
  },
  {
    kind: 'malformed_timestamp',
    weight: 10,
    legal: false,
    formats: anyFormat,
    fields(row, random) {
      const bad = [
        '2019-13-41 00:00:00 UTC',
        '01/10/2019',
        'yesterday',
        '2019-10-01T25:61:00',
        '1569888000.5',
      ];
      row['event_time'] = pick(bad, random);
    },
  },
  {
    kind: 'unknown_event_type',
    weight: 8,
    legal: false,
    formats: anyFormat,
    fields(row, random) {
      row['event_type'] = pick(['wishlist', 'click', 'refund', 'veiw'], random);
    },
  },
  {
    kind: 'negative_price',
    weight: 8,
    legal: false,
    formats: anyFormat,
    fields(row) {
      row['price'] = row['price'] === '0.00' ? '-0.01' : `-${row['price']}`;
    },
  },
  {
    kind: 'missing_required',
    weight: 10,
    legal: false,
    formats: anyFormat,
    fields(row, random) {
      row[pick(['event_time', 'event_type', 'product_id', 'user_id'], random)] = '';
    },
  },
  {
    kind: 'too_few_fields',
    weight: 6,
    legal: false,
    formats: ['csv'],
    line: (line, random) => (random.below(2) ? lastComma(line) : lastComma(lastComma(lastComma(line)))),
  },
  {
    kind: 'too_many_fields',
    weight: 6,
    legal: false,
    formats: ['csv'],
    line: (line, random) => line + pick([',extra', ',1,2'], random),
  },
  {
    kind: 'unclosed_quote',
    weight: 1,
    legal: false,
    formats: ['csv'],
    // A quote starts a quoted value only at the beginning of a field.
    line: (line) => line.replace(/,(?=[^,]*$)/, ',"'),
  },
  {
    kind: 'invalid_utf8',
    weight: 5,
    legal: false,
    formats: anyFormat,
    fields(row, random) {
      // An invalid byte, a continuation byte, and a character cut after its first byte.
      row['brand'] = `${row['brand'] ?? ''}${pick(['\xff', '\x80', '\xc3'], random)}x`;
    },
  },
  {
    kind: 'broken_json',
    weight: 6,
    legal: false,
    formats: ['jsonl'],
    line: (line, random) => line.slice(0, line.length - 1 - random.below(12)),
  },
] as const satisfies readonly DirtKind[];

/** The names of the kinds, and of the one that is not random: the last line of a dirty file is cut off. */
export type DirtKindName = (typeof dirtKinds)[number]['kind'] | 'cut_off_last_line';
