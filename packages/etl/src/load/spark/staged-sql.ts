import type { TableSchema } from '@headwater/core';
import { type FileSchema, sparkCleaningSelect, sparkText } from '@headwater/core/internal';
import { stagedName } from '../staged-name.ts';
import { keyHash, stagedValues } from './staged-names.ts';

/** The states of a staged row. */
export const rowState = { accepted: 0, rejected: 1, filtered: 2 } as const;

/** SQL for the folder of a row from its clean values: `clickstream/dt=2019-10-01`, `clickstream/dt=2019-10-01/hour=07`. */
function folderSql(schema: TableSchema): string {
  const { time, hour, columns } = schema.partitioning;
  const at = stagedName(schema, time);
  const parts = [
    sparkText(`${schema.name}/dt=`),
    `CAST(CAST(${at} AS DATE) AS STRING)`,
    ...(hour ? ["'/hour='", `lpad(CAST(hour(${at}) AS STRING), 2, '0')`] : []),
    ...columns.flatMap((name) => [
      sparkText(`/${name}=`),
      pathPart(`coalesce(CAST(${stagedName(schema, name)} AS STRING), 'null')`),
    ]),
  ];
  return `concat(${parts.join(', ')})`;
}

/** What `encodeURIComponent` leaves as it is, and Spark's `url_encode` does not, which writes forms: a blank becomes a plus there. */
const formEscapes = [
  ['+', '%20'],
  ['%21', '!'],
  ['%27', "'"],
  ['%28', '('],
  ['%29', ')'],
  ['%7E', '~'],
] as const;

/** SQL for a text as `encodeURIComponent` writes it. */
const pathPart = (text: string): string =>
  formEscapes.reduce(
    (sql, [form, uri]) => `replace(${sql}, ${sparkText(form)}, ${sparkText(uri)})`,
    `url_encode(${text})`,
  );

/**
 * The SELECT that cleans the raw rows, once: whatever follows reads its result from files of the run. It has the rejected
 * rows' texts and reasons, the accepted rows' values, their folder and the hash of their key, and from where each row is.
 *
 * @param from the name of the raw relation
 */
export function stagedSelect(file: FileSchema, from: string): string {
  const isAccepted = `state = ${rowState.accepted}`;
  const isRejected = `state = ${rowState.rejected}`;
  const texts = file.columns.map((_, index) => `r${index}`);
  const nullsInvalid = file.columns.some(({ invalid }) => invalid === 'null');
  return `SELECT input, place, ${file.explode ? 'element, record_rows' : '0 AS element'}, state, ${stagedValues(file).join(', ')},
  CASE WHEN ${isAccepted} THEN CAST(CAST(${stagedName(file, file.partitioning.time)} AS DATE) AS STRING) END AS day,
  CASE WHEN ${isAccepted} THEN ${folderSql(file)} END AS folder,
  CASE WHEN ${isAccepted} THEN ${keyHash(file)} END AS key_hash,
  CASE WHEN ${isRejected} THEN raw END AS raw,
  CASE WHEN ${isRejected} AND broken IS NULL THEN array(${texts.join(', ')}) END AS texts,
  CASE WHEN ${isRejected} THEN reasons END AS reasons${nullsInvalid ? `,\n  CASE WHEN size(nulled) > 0 THEN nulled END AS nulled` : ''}
FROM (SELECT *, CASE WHEN filtered THEN ${rowState.filtered} WHEN size(reasons) > 0 THEN ${rowState.rejected} ELSE ${rowState.accepted} END AS state
FROM (${sparkCleaningSelect(file, from)}))`;
}

/** Counts of the staged rows by input: `input, rows, accepted, rejected, filtered`, and `added`, the rows beyond one for each record. */
export const countsSelect = ({ explode }: FileSchema): string =>
  `SELECT input, count(*) AS rows, count_if(state = ${rowState.accepted}) AS accepted, count_if(state = ${rowState.rejected}) AS rejected,
  count_if(state = ${rowState.filtered}) AS filtered, ${explode ? 'coalesce(sum(record_rows - 1) FILTER (WHERE record_rows > 0), 0L)' : '0L'} AS added
FROM staged GROUP BY input`;

/** The folders of the accepted rows, in order: `folder, day, rows`. */
export const foldersSelect = `SELECT folder, min(day) AS day, count(*) AS rows FROM staged WHERE state = ${rowState.accepted} GROUP BY folder ORDER BY folder`;

/** The bits of a row's place that hold the number of its line in its block, as many as Spark's numbers of the rows of a task have. */
export const lineBits = 33;

/** SQL that joins to rows `s` the lines before their block, `b`, and the number of a row's line by it, from 1 on. */
export const joinBlocks = `LEFT JOIN blocks b ON b.input = s.input AND b.block = shiftright(s.place, ${lineBits})`;
export const lineSql = `b.lines_before + (s.place & ${2 ** lineBits - 1}) + 1`;

/** The bad values that became null, the commonest first: `column, code, rows, source, line`. Undefined where none does. */
export const nulledSelect = (file: FileSchema): string | undefined =>
  file.columns.some(({ invalid }) => invalid === 'null')
    ? `SELECT column, code, sum(rows) AS rows, min_by(source, s.input) AS source, min_by(${lineSql}, s.input) AS line
FROM (SELECT input, one.column AS column, one.code AS code, count(*) AS rows, min(place) AS place
  FROM (SELECT input, place, explode(nulled) AS one FROM staged WHERE state = ${rowState.accepted}) GROUP BY 1, 2, 3) s
JOIN inputs i ON i.input = s.input ${joinBlocks}
GROUP BY column, code ORDER BY rows DESC, column, code`
    : undefined;
