import type { FileSchema } from '../../../table/file-schema.ts';
import { sparkText } from '../../../types/spark-type.ts';
import type { RejectCode } from '../../reject-code.ts';
import { sparkReasonsType } from '../raw-columns.ts';

/** SQL for one reason. @param column SQL for the column's name; `NULL` for the row as a whole */
export const sparkReason = (column: string, code: string): string =>
  `named_struct('column', CAST(${column} AS STRING), 'code', ${code})`;

/** SQL for the reasons of a line that is rejected as a whole, or NULL. @param code SQL for the code, or NULL; it may be repeated */
export const wholeLineReasons = (code: string): string =>
  `CASE WHEN ${code} IS NOT NULL THEN array(${sparkReason('NULL', code)}) END`;

/** SQL for a code. */
export const codeText = (code: RejectCode): string => sparkText(code);

/**
 * SQL for the reasons of single columns that apply, or NULL where none does.
 *
 * @param reasons SQL for whether a reason applies, which may be NULL, with the column and the code
 */
export function columnReasons(
  reasons: readonly { readonly applies: string; readonly column: string; readonly code: RejectCode }[],
): string {
  if (reasons.length === 0) return noSparkReasons;
  const all = reasons.map(
    ({ applies, column, code }) =>
      `CASE WHEN ${applies} THEN ${sparkReason(sparkText(column), codeText(code))} END`,
  );
  const any = reasons.map(({ applies }) => `(${applies})`).join(' OR ');
  return `CASE WHEN ${any} THEN array_compact(array(${all.join(', ')})) END`;
}

/** No row is rejected but for its texts. */
export const noSparkReasons = `CAST(NULL AS ${sparkReasonsType})`;

/**
 * The raw texts `r0..rn` of a relation as items of a SELECT: constants of the source, and NULL for a column that nothing is read for.
 *
 * @param read SQL for the text of a column, by its place; undefined where the file has none
 */
export const rawTexts = ({ columns }: FileSchema, read: (index: number) => string | undefined): string[] =>
  columns.map(({ constant }, index) => {
    const text = constant === undefined ? read(index) : sparkText(constant);
    return `${text ?? 'CAST(NULL AS STRING)'} AS r${index}`;
  });
