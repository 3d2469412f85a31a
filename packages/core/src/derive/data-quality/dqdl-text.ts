import { sparkText } from '../../types/spark-type.ts';

/**
 * Whether a text is the same between DQDL's double quotes for everyone who reads the rule. A backslash, a quote, an apostrophe or a
 * control character is escaped differently by DQDL and by the SQL that evaluates it, and DQDL takes a text that looks like a day or a
 * time of day for one (https://github.com/awslabs/dqdl/blob/main/configuration/dqdl/CommonLexerRules.g4).
 */
export const isPlainText = (text: string): boolean =>
  text !== '' &&
  !/["\\'$\p{Cc}\p{Cf}]/u.test(text) &&
  !/^\d{4}-\d\d-\d\d$|^\d{1,2}:\d\d( [AP]M)?$/.test(text);

/** A text between double quotes. It has none of its own. */
export const dqdlText = (text: string): string => `"${text}"`;

/** A text as a literal of Spark SQL inside a CustomSql rule, which ends at a double quote. */
export const sqlText = (text: string): string => sparkText(text).replaceAll('"', '\\u0022');

/**
 * A rule that no row meets a condition. DQDL runs the statement over the table by the name `primary`
 * (https://docs.aws.amazon.com/glue/latest/dg/dqdl-rule-types-CustomSql.html). A null meets no condition.
 *
 * @param condition Spark SQL without double quotes
 * @example noRow('`price` < 0') // 'CustomSql "select count(*) from primary where `price` < 0" = 0'
 */
export const noRow = (condition: string): string =>
  `CustomSql "select count(*) from primary where ${condition}" = 0`;
