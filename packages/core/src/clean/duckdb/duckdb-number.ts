import { type NumberFormat, numberFields, numberPattern } from '../../table/number-format.ts';
import { quoteText } from '../../types/duckdb-type.ts';

/** SQL that rewrites a number in a format to plain digits, or NULL for a text that is not in the format. */
export function plainNumberSql(format: NumberFormat, isInteger: boolean, text: string): string {
  const fields = numberFields.map(quoteText).join(', ');
  const parts = `regexp_extract(${text}, ${quoteText(`^(?:${numberPattern(format)})$`)}, [${fields}])`;
  const fraction = 'part.fraction || part.bare_fraction';
  const digits = `coalesce(nullif(regexp_replace(part.whole, '[^0-9]', '', 'g'), ''), '0')`;
  const minus = `CASE WHEN part.sign IN ('-', '(') OR part.inner_sign = '-' OR part.end_sign = '-' THEN '-' ELSE '' END`;
  const isRead = `part.whole || part.bare_fraction <> '' AND (part.sign = '(') = (part.end_sign = ')')`;
  const written = isInteger
    ? `CASE WHEN regexp_full_match(${fraction}, '0*') THEN ${digits} ELSE ${digits} || '.' || ${fraction} END`
    : `${digits} || '.' || ${fraction}`;
  return `list_transform([${parts}], lambda part: CASE WHEN ${isRead} THEN ${minus} || ${written} END)[1]`;
}
