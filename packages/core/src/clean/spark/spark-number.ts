import { type NumberFormat, numberFields, numberPattern } from '../../table/number-format.ts';
import { sparkText } from '../../types/spark-type.ts';
import type { RejectCode } from '../reject-code.ts';
import type { SparkValueReader } from './spark-value-reader.ts';
import { textParts, wholeText } from './whole-text.ts';

const code: RejectCode = 'not_in_number_format';

/** How Spark reads numbers in a format: they are rewritten to plain digits, and then read as such by another reader. */
export function sparkNumberReader(
  reader: SparkValueReader,
  format: NumberFormat,
  isInteger: boolean,
): SparkValueReader {
  return (text, prefix) => {
    const parts = textParts(
      text,
      numberPattern(format),
      numberFields.map((_, index) => `$${index + 1}`),
    );
    const named = `${prefix}number`;
    const part = (field: (typeof numberFields)[number]): string =>
      parts.part(named, numberFields.indexOf(field));
    const plain = `${prefix}plain`;
    const { layers = [], parsed = plain, cases, ...rest } = reader(plain, prefix);
    return {
      layers: [
        [{ name: named, sql: parts.sql }],
        [
          {
            name: plain,
            sql: `CASE WHEN ${parts.isMatch(named)} AND ${isRead(part)} THEN ${digits(part, isInteger)} END`,
          },
        ],
        ...layers,
      ],
      parsed,
      cases: (name) => [{ failed: `${plain} IS NULL`, code: sparkText(code) }, ...cases(name)],
      ...rest,
    };
  };
}

type PartOf = (field: (typeof numberFields)[number]) => string;

const isRead = (part: PartOf): string =>
  `(${part('whole')} <> '' OR ${part('bare_fraction')} <> '') AND (${part('sign')} = '(') = (${part('end_sign')} = ')')`;

function digits(part: PartOf, isInteger: boolean): string {
  const minus = `CASE WHEN ${part('sign')} IN ('-', '(') OR ${part('inner_sign')} = '-' OR ${part('end_sign')} = '-' THEN '-' ELSE '' END`;
  const whole = `CASE WHEN ${part('whole')} = '' THEN '0' ELSE regexp_replace(${part('whole')}, '[^0-9]', '') END`;
  const fraction = `concat(${part('fraction')}, ${part('bare_fraction')})`;
  const end = isInteger
    ? `CASE WHEN ${fraction} RLIKE ${wholeText('0*')} THEN '' ELSE concat('.', ${fraction}) END`
    : `concat('.', ${fraction})`;
  return `concat(${minus}, ${whole}, ${end})`;
}
